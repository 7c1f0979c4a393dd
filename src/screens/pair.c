#include "pair.h"

#include "pmprep/bank/taxonomy.h"

/* Where the words of a flaw stand in its text; white space in the span matches any. */
static bool find_span(struct sv text, const char *span, struct text_span *out)
{
    size_t len = strlen(span);
    for (size_t at = 0; len > 0 && at < text.len; at++) {
        size_t t = at;
        size_t k = 0;
        while (t < text.len && k < len) {
            bool blank = strchr(" \n\t", span[k]) != NULL;
            if (blank != (strchr(" \n\t", text.data[t]) != NULL) || (!blank && span[k] != text.data[t]))
                break;
            for (t++, k++; blank && t < text.len && strchr(" \n\t", text.data[t]); t++)
                ;
            while (blank && k < len && strchr(" \n\t", span[k]))
                k++;
        }
        if (k == len) {
            *out = (struct text_span){at, t, ROLE_MATCH};
            return true;
        }
    }
    return false;
}

enum { MAX_SPANS = 16 };

void pair_add_side(struct page *p, const char *heading, const struct side *side)
{
    struct text_span spans[MAX_SPANS];
    size_t count = 0;
    struct sv text = sv_from(page_flow(&p->arena, side->text));
    page_blank(p);
    page_add(p, ROLE_STRONG, 0, 0, sv_from(heading));
    for (size_t i = 0; i < side->flaw_count && count < MAX_SPANS; i++)
        count += find_span(text, side->flaws[i].span, &spans[count]);
    page_add_spans(p, ROLE_TEXT, 0, text, spans, count);
    for (size_t i = 0; i < side->flaw_count; i++) {
        const struct flaw_span *f = &side->flaws[i];
        page_blank(p);
        const struct flaw_info *info = flaw_find(sv_from(f->flaw));
        const char *name = info ? info->title : f->flaw;
        if (f->span[0])
            page_addf(p, ROLE_WARNING, 2, 2, "%s: \"%s\"", name, f->span);
        else
            page_addf(p, ROLE_WARNING, 2, 2, "%s", name);
        page_add_prose(p, ROLE_TEXT, 4, f->why);
    }
    if (side->why[0]) {
        page_blank(p);
        page_add_prose(p, ROLE_DIM, 2, side->why);
    }
}
