#include "bank/yaml.h"

#include "bank/scan.h"
#include "pmprep/base/mem.h"

#include <yaml.h>

struct events {
    yaml_parser_t parser;
    yaml_event_t raw; /* the last one, whose text the caller borrows */
    bool holds_raw;
    bool failed;
    bool finished;
    unsigned depth;
    unsigned documents;
    struct sv text;
    const char *name;
    unsigned first_line;
    struct problems *problems;
    yaml_mark_t quote_start; /* of the last quoted scalar that spans lines */
    yaml_mark_t quote_end;
};

static unsigned line_of(const struct events *e, yaml_mark_t mark)
{
    return (unsigned)mark.line + e->first_line;
}

static unsigned column_of(yaml_mark_t mark)
{
    return (unsigned)mark.column + 1;
}

bool events_fail(struct events *e, unsigned line, unsigned column, const char *message)
{
    if (!e->failed) {
        problems_add(e->problems, (struct place){e->name, line, column}, "%s", message);
    }
    e->failed = true;
    return false;
}

static bool fail_at(struct events *e, yaml_mark_t mark, const char *message)
{
    return events_fail(e, line_of(e, mark), column_of(mark), message);
}

/* What libyaml says and what a writer of a bank can do about it. The first row whose texts are found is taken. */
static const struct {
    const char *context; /* part of libyaml's context, NULL: any */
    const char *problem; /* part of libyaml's problem, NULL: any */
    bool at_context;     /* point at where the construct began */
    const char *message;
} explanations[] = {
    {"quoted scalar", "unexpected end of stream", true, "the quote that opens here is never closed"},
    {"quoted scalar", "document indicator", true, "the quote that opens here is never closed"},
    {NULL, "unknown escape", false, "this escape is unknown; write \\\\ for a backslash"},
    {NULL, "hexdecimal", false, "an escape such as \\x1B or \\u00E9 is cut short"},
    {NULL, "Unicode character escape", false, "this escape is no character"},
    {"scanning an alias", NULL, true, "text that starts with * must be in quotes; aliases are not used here"},
    {"scanning an anchor", NULL, true, "text that starts with & must be in quotes; anchors are not used here"},
    {"scanning a tag", NULL, true, "text that starts with ! must be in quotes; tags are not used here"},
    {"scanning a directive", NULL, true, "a line that starts with % is a directive; they are not used here"},
    {NULL, "tab character", false, "a tab cannot indent; use spaces"},
    {"scanning a block scalar", NULL, false,
     "after | or > only - + or a digit may follow; the text starts on the next line"},
    {NULL, "mapping values are not allowed", false, "a \": \" inside text; put the text in quotes or into a | block"},
    {NULL, "could not find expected ':'", true, "this line is neither \"key: value\" nor indented under one"},
    {NULL, "block sequence entries are not allowed", false,
     "a list cannot start here; put each \"- \" on its own line"},
    {NULL, "cannot start any token", false, "text cannot start with this character; put it in quotes"},
    {"block mapping", "expected key", false, "expected a key with the indentation of the keys before it"},
    {"block collection", NULL, false, "expected \"- \" with the indentation of the entries before it"},
    {"flow sequence", NULL, true, "the [ that opens here is not closed, or a comma is missing"},
    {"flow mapping", NULL, true, "the { that opens here is not closed, or a comma is missing"},
    {NULL, "document start", false, "only one document is allowed in a file"},
    {NULL, "node content", false, "expected a value here"},
    {NULL, "undefined tag", false, "tags are not used here; put text that starts with ! in quotes"},
    {NULL, NULL, false, "this is not valid YAML"},
};

static bool says(const char *text, const char *part)
{
    return !part || (text && strstr(text, part));
}

/* A quote closed on a later line, and an error right behind it: what is missing is the closing quote of the first line.
 */
static bool is_run_on_quote(const struct events *e, yaml_mark_t mark)
{
    return e->quote_end.line > e->quote_start.line && mark.line == e->quote_end.line;
}

static bool fail_parser(struct events *e)
{
    yaml_parser_t *parser = &e->parser;
    if (parser->error == YAML_MEMORY_ERROR) {
        fatal("out of memory reading %s", e->name);
    }
    if (parser->error == YAML_READER_ERROR) {
        struct place where = scan_place(e->text, e->name, parser->problem_offset);
        return events_fail(e, where.line + e->first_line - 1, where.column, "this character is not allowed");
    }
    if (is_run_on_quote(e, parser->problem_mark)) {
        return fail_at(e, e->quote_start, "the quote that opens here is closed on a later line; is one missing?");
    }
    size_t i = 0;
    while (!says(parser->context, explanations[i].context) || !says(parser->problem, explanations[i].problem)) {
        i++;
    }
    return fail_at(e, explanations[i].at_context ? parser->context_mark : parser->problem_mark,
                   explanations[i].message);
}

static bool take_document(struct events *e, const yaml_event_t *raw)
{
    if (raw->data.document_start.version_directive ||
        raw->data.document_start.tag_directives.start != raw->data.document_start.tag_directives.end) {
        return fail_at(e, raw->start_mark, "directives such as %YAML are not used here");
    }
    return ++e->documents == 1 || fail_at(e, raw->start_mark, "only one document is allowed in a file");
}

static bool take_node(struct events *e, const yaml_event_t *raw, const yaml_char_t *anchor, const yaml_char_t *tag)
{
    if (anchor) {
        return fail_at(e, raw->start_mark, "anchors are not used here; put text that starts with & in quotes");
    }
    return !tag || fail_at(e, raw->start_mark, "tags are not used here; put text that starts with ! in quotes");
}

static bool take_scalar(struct events *e, const yaml_event_t *raw, struct event *out)
{
    yaml_scalar_style_t style = raw->data.scalar.style;
    out->type = EVENT_SCALAR;
    out->text = (struct sv){(const char *)raw->data.scalar.value, raw->data.scalar.length};
    out->plain = style == YAML_PLAIN_SCALAR_STYLE;
    out->escaped = style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
    if (out->escaped || style == YAML_SINGLE_QUOTED_SCALAR_STYLE) {
        e->quote_start = raw->start_mark;
        e->quote_end = raw->end_mark;
    }
    return take_node(e, raw, raw->data.scalar.anchor, raw->data.scalar.tag);
}

static bool open_level(struct events *e, const yaml_event_t *raw)
{
    return ++e->depth <= EVENTS_DEPTH || fail_at(e, raw->start_mark, "nested more than 32 levels deep");
}

/* Translates what the caller sees. False for a failure; *seen is false for what only libyaml needs. */
static bool translate(struct events *e, struct event *out, bool *seen)
{
    const yaml_event_t *raw = &e->raw;
    *seen = true;
    switch (raw->type) {
    case YAML_SCALAR_EVENT:
        return take_scalar(e, raw, out);
    case YAML_SEQUENCE_START_EVENT:
        out->type = EVENT_LIST;
        out->flow = raw->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
        return open_level(e, raw) && take_node(e, raw, raw->data.sequence_start.anchor, raw->data.sequence_start.tag);
    case YAML_MAPPING_START_EVENT:
        out->type = EVENT_MAP;
        out->flow = raw->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
        return open_level(e, raw) && take_node(e, raw, raw->data.mapping_start.anchor, raw->data.mapping_start.tag);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        out->type = EVENT_CLOSE;
        e->depth--;
        return true;
    case YAML_ALIAS_EVENT:
        return fail_at(e, raw->start_mark, "aliases are not used here; put text that starts with * in quotes");
    case YAML_STREAM_END_EVENT:
        out->type = EVENT_FINISH;
        e->finished = true;
        return true;
    case YAML_DOCUMENT_START_EVENT:
        *seen = false;
        return take_document(e, raw);
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        *seen = false;
        return true;
    case YAML_NO_EVENT: /* after an error libyaml answers this with success, for ever */
        break;
    }
    return fail_at(e, e->parser.mark, "this is not valid YAML");
}

struct events *events_open(struct sv text, const char *name, unsigned first_line, struct problems *p)
{
    struct events *e = mem_calloc(1, sizeof(*e));
    if (!yaml_parser_initialize(&e->parser)) {
        fatal("out of memory reading %s", name);
    }
    yaml_parser_set_input_string(&e->parser, (const unsigned char *)text.data, text.len);
    e->text = text;
    e->name = name;
    e->first_line = first_line;
    e->problems = p;
    return e;
}

void events_close(struct events *e)
{
    if (!e) {
        return;
    }
    if (e->holds_raw) {
        yaml_event_delete(&e->raw);
    }
    yaml_parser_delete(&e->parser);
    free(e);
}

bool events_failed(const struct events *e)
{
    return e->failed;
}

bool events_next(struct events *e, struct event *out)
{
    bool seen = false;
    while (!seen) {
        if (e->failed || e->finished) {
            return false;
        }
        if (e->holds_raw) {
            yaml_event_delete(&e->raw);
        }
        e->holds_raw = yaml_parser_parse(&e->parser, &e->raw);
        if (!e->holds_raw) {
            return fail_parser(e);
        }
        *out = (struct event){.line = line_of(e, e->raw.start_mark),
                              .column = column_of(e->raw.start_mark),
                              .end_line = line_of(e, e->raw.end_mark),
                              .end_column = column_of(e->raw.end_mark)};
        if (!translate(e, out, &seen)) {
            return false;
        }
    }
    return true;
}
