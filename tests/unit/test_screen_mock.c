#include "support/unit.h"

#include "support/stage.h"

#include "pmprep/base/fileio.h"
#include "screens/mock_screen.h"
#include "screens/screens.h"

/* ---- drawing: every state of the interviews and of the debrief from a view made by hand */

#define MIN(n) ((int64_t)(n)*60000)

static const struct mock_line exchange[] = {
    {false, "Good to meet you. You are talking to a senior product manager. Who are you?"},
    {true, "I lead the checkout team of a marketplace; before that I built its search for six years."},
    {false, "Tell me about a time a metric and what customers told you did not agree."},
    {true, "Support said returns were rising. Our dashboard said they were flat. I pulled the raw orders for eight "
           "weeks and saw that the dashboard counted a return only once the parcel was scanned."},
};

static struct mock_view interview(enum mock_phase phase)
{
    return (struct mock_view){
        .phase = phase,
        .loop = "five-interviews",
        .loop_title = "Five-interview loop",
        .stage = 2,
        .stages = 5,
        .stage_title = "Product manager of a neighbouring team",
        .interviewer = "A senior product manager",
        .part = "Principles",
        .says = "Tell me about a time a metric and what customers told you did not agree.",
        .about = "",
        .cuts_in = "",
        .said = exchange,
        .said_count = 3,
        .mode = MODE_TYPE,
        .word_budget = 200,
        .part_left_ms = MIN(18) + 20000,
        .stage_left_ms = MIN(46) + 20000,
        .loop_left_ms = MIN(211),
        .pace = 1,
        .draft = "",
        .notes = "",
    };
}

struct view_screen {
    struct mock_screen mock;
    struct mock_view view;
};

static void draw_view(const struct screen *base, struct canvas *c)
{
    const struct view_screen *s = (const struct view_screen *)base;
    mock_draw(&s->mock, &s->view, c);
}

static const struct keymap *view_keymap(const struct screen *base)
{
    const struct view_screen *s = (const struct view_screen *)base;
    return mock_keymap(&s->mock, &s->view);
}

static void free_view(struct screen *base)
{
    struct view_screen *s = (struct view_screen *)base;
    mock_screen_release(&s->mock);
    free(s);
}

static const struct screen_ops view_ops = {.name = "view", .keymap = view_keymap, .draw = draw_view, .free = free_view};

/* On the stage; the text stands in the editor. */
static struct view_screen *show(struct stage *s, const struct mock_view *v, const char *text)
{
    struct view_screen *screen = calloc(1, sizeof(*screen));
    assert_non_null(screen);
    mock_screen_init(&screen->mock);
    screen->mock.base.ops = &view_ops;
    screen->view = *v;
    edit_set_text(screen->mock.edit, sv_from(text), strlen(text));
    edit_set_text(screen->mock.notes, sv_from(v->notes), strlen(v->notes));
    stage_show(s, &screen->mock.base);
    return screen;
}

#define ANSWER                                                                                                         \
    "Support said returns were rising. Our dashboard said they were flat. I pulled the raw orders for eight weeks "    \
    "and saw that the dashboard counted"

static void test_break(void **state)
{
    struct stage *s = *state;
    struct mock_view v = interview(MOCK_BREAK);
    v.stage_left_ms = MIN(55);
    v.notes = "Ask about the on-call load.\nThe shoe returns story is told.";
    show(s, &v, "");
    stage_golden(s, "mock-break");
    assert_true(stage_lacks(s, "bar raiser"));
}

static void test_answer(void **state)
{
    struct stage *s = *state;
    struct mock_view v = interview(MOCK_ANSWER);
    show(s, &v, ANSWER);
    stage_golden(s, "mock-answer");
}

static void test_probe_in_the_last_minute(void **state)
{
    struct stage *s = *state;
    struct mock_view v = interview(MOCK_PROBE);
    v.about = v.says;
    v.says = "You said \"eight weeks\". Why eight, and what would four have told you?";
    v.said_count = 4;
    v.part_left_ms = 41000;
    v.warning = MOCK_LAST_MINUTE;
    v.word_budget = 0;
    v.notes = "Say the baseline first.";
    show(s, &v, "Eight weeks is one");
    stage_golden(s, "mock-probe");
}

/* The own words stay where they are when somebody cuts in. */
static void test_cut_in_moves_nothing(void **state)
{
    struct stage *s = *state;
    struct mock_view v = interview(MOCK_ANSWER);
    struct view_screen *screen = show(s, &v, ANSWER);
    const struct canvas *c = loop_draw(s->loop, 24, 80);
    int row = c->cursor_row, col = c->cursor_col;
    screen->view.cuts_in = "So what, did they buy more? And who told you that the dashboard was the one that was "
                           "wrong?";
    c = loop_draw(s->loop, 24, 80);
    assert_int_equal(c->cursor_row, row);
    assert_int_equal(c->cursor_col, col);
    stage_golden(s, "mock-cut-in");
}

static void test_after_a_hard_stop(void **state)
{
    struct stage *s = *state;
    struct mock_view v = interview(MOCK_ANSWER);
    show(s, &v, "")->mock.was_stopped = true;
    assert_true(stage_sees(s, "is handed in"));
    stage_golden(s, "mock-stopped");
}

static const char *const facts[] = {
    "Checkouts fell in two of nine countries only, both of which pay by card.",
    "Nothing was released that week but a new text on the payment page.",
    "Twist: the card processor now says that it throttled two countries on Monday morning, and cannot say for how "
    "long.",
};

static const char *const near[] = {"countries, where, markets", "release, change, what changed"};

static struct mock_view a_case(void)
{
    struct mock_view v = interview(MOCK_ANSWER);
    v.part = "Case";
    v.is_case = true;
    v.says = "Completed checkouts fell by eight percent since Monday. You own checkout. Go.";
    v.word_budget = 330;
    v.facts = facts;
    v.fact_count = 3;
    return v;
}

static void test_case_with_facts(void **state)
{
    struct stage *s = *state;
    struct mock_view v = a_case();
    show(s, &v, "First I would ask whether it is real.");
    stage_golden(s, "mock-case");
}

static void test_a_twist_comes_first(void **state)
{
    struct stage *s = *state;
    struct mock_view v = a_case();
    show(s, &v, "First I would ask whether it is real.")->mock.just_told = true;
    stage_golden(s, "mock-twist");
}

static void test_asking(void **state)
{
    struct stage *s = *state;
    struct mock_view v = a_case();
    v.fact_count = 0;
    struct view_screen *screen = show(s, &v, "First I would ask whether it is real.");
    screen->mock.panel = PANEL_ASK;
    edit_set_text(screen->mock.line, SV("which countries?"), 16);
    stage_golden(s, "mock-ask");
    screen->view.near = near;
    screen->view.near_count = 2;
    screen->mock.panel = PANEL_NEAR;
    stage_golden(s, "mock-near");
    screen->view.near_count = 0;
    assert_true(stage_sees(s, "has nothing on that"));
    assert_true(stage_sees(s, "a  make an assumption"));
}

static void test_speaking(void **state)
{
    struct stage *s = *state;
    struct mock_view v = interview(MOCK_ANSWER);
    v.mode = MODE_SPEAK;
    v.notes = "Say the baseline first.";
    show(s, &v, "");
    stage_golden(s, "mock-speak");
}

static void test_ticks(void **state)
{
    struct stage *s = *state;
    struct mock_view v = interview(MOCK_TICKS);
    v.mode = MODE_SPEAK;
    struct view_screen *screen = show(s, &v, "");
    screen->mock.ticks = TICK_CUSTOMER | TICK_DECIDED;
    stage_golden(s, "mock-ticks");
    screen->mock.bullets_focus = true;
    stage_golden(s, "mock-bullets");
}

static void test_own_questions(void **state)
{
    struct stage *s = *state;
    struct mock_view v = interview(MOCK_QUESTIONS);
    v.part = "Your questions";
    v.says = "That is all from me. What would you like to ask?";
    v.part_left_ms = v.stage_left_ms = MIN(4);
    v.word_budget = 0;
    show(s, &v, "What would you");
    stage_golden(s, "mock-questions");
}

static void test_panels(void **state)
{
    struct stage *s = *state;
    struct mock_view v = interview(MOCK_PROBE);
    v.said_count = 4;
    v.notes = "Ask about the on-call load.";
    struct view_screen *screen = show(s, &v, ANSWER);
    screen->mock.panel = PANEL_NOTES;
    stage_golden(s, "mock-notes");
    screen->mock.panel = PANEL_EXCHANGE;
    stage_golden(s, "mock-exchange");
    assert_true(stage_sees(s, "Good to meet you"));
    screen->view.paused = true;
    stage_golden(s, "mock-paused");
    assert_true(stage_lacks(s, "Good to meet you"));
}

/* ---- the debrief */

static const enum vote scale[] = {VOTE_STRONG_HIRE, VOTE_INCLINED, VOTE_INCLINED_LOWER, VOTE_NOT_INCLINED,
                                  VOTE_STRONG_NO};
static const char *first_principles[] = {"ownership", "deliver-results"};
static const char *second_principles[] = {"dive-deep", "are-right-a-lot"};
static const char *third_principles[] = {"think-big"};

static const struct debrief_stage stages[] = {
    {.title = "Hiring manager",
     .interviewer = "The manager you would work for",
     .hiring_manager = true,
     .principles = {first_principles, 2},
     .before = VOTE_INCLINED,
     .after = VOTE_INCLINED,
     .reason = "",
     .allotted_ms = MIN(55),
     .active_ms = MIN(52) + 20000},
    {.title = "Product manager of a neighbouring team",
     .interviewer = "A senior product manager",
     .principles = {second_principles, 2},
     .before = VOTE_INCLINED,
     .after = VOTE_NOT_INCLINED,
     .reason = "Neither answer had a baseline.",
     .allotted_ms = MIN(55),
     .active_ms = MIN(55),
     .stopped = true},
    {.title = "Bar raiser's round",
     .interviewer = "A leader of another organisation",
     .bar_raiser = true,
     .principles = {third_principles, 1},
     .before = VOTE_STRONG_HIRE,
     .after = VOTE_INCLINED,
     .reason = "The vision had no customer in it.",
     .allotted_ms = MIN(55),
     .active_ms = MIN(49) + 45000},
};

static struct debrief_principle principles[] = {
    {.id = "ownership",
     .name = "Ownership",
     .talked_ms = MIN(14),
     .answers = 1,
     .mean = 3.4,
     .bar = 3.0,
     .against = BAR_MEETS,
     .stages = 1},
    {.id = "deliver-results",
     .name = "Deliver Results",
     .talked_ms = MIN(5),
     .answers = 1,
     .against = BAR_NO_DATA,
     .stages = 1},
    {.id = "dive-deep",
     .name = "Dive Deep",
     .talked_ms = MIN(16),
     .answers = 2,
     .mean = 2.2,
     .bar = 3.0,
     .against = BAR_LOWERS,
     .stages = 2},
    {.id = "are-right-a-lot",
     .name = "Are Right, A Lot",
     .talked_ms = MIN(9),
     .answers = 1,
     .mean = 3.0,
     .bar = 3.0,
     .against = BAR_MEETS,
     .stages = 2},
    {.id = "think-big",
     .name = "Think Big",
     .talked_ms = MIN(17),
     .answers = 1,
     .mean = 4.0,
     .bar = 3.2,
     .against = BAR_RAISES,
     .stages = 4},
};

static const char *reasons[] = {"Dive Deep lowered the bar: both answers had no baseline (interview 2).",
                                "Interview 2 voted not inclined.",
                                "One lowered principle blocks unless three are raised; one was (reported doctrine)."};
static const char *arithmetic[] = {
    "As voted: the hiring manager is inclined and decides (reported doctrine); the bar raiser consents.",
    "After your usual bias of +0.6 levels every vote moves one step down: not inclined.",
    "At risk: Dive Deep lowers the bar and one raised principle does not offset it (reported doctrine)."};
static const char *conflicts[] = {"The pricing story was told in interviews 1 and 3.",
                                  "Returns were 9 percent in interview 1 and 11 percent in interview 2."};
static const char *time_use[] = {"Interview 2 ended at its hard stop: 55:00 of 55:00.",
                                 "Interview 1: Ownership took 14:00 and starved Deliver Results, which got 5:00."};

static const struct debrief outcome = {
    .principles = principles,
    .principle_count = 5,
    .as_voted = VERDICT_YES,
    .after_bias = VERDICT_LOWER,
    .at_risk = VERDICT_NO,
    .arithmetic = {arithmetic, 3},
    .reasons = {reasons, 3},
    .conflicts = {conflicts, 2},
    .time_use = {time_use, 2},
    .fixes = {{"numbers with baseline and period", "flaw:no-number", "in 4 of 6 answers"},
              {"the customer before the solution", "flaw:solution-first", "in 2 of 3 cases"},
              {"Dive Deep, the principle furthest below the bar", "principle:dive-deep", "2.2 where 3.0 is asked"}},
    .fix_count = 3,
    .typed_ms = MIN(120),
    .spoken_ms = MIN(37) + 5000,
};

static const char *const said = "Returns fell a lot after the change and the team was very happy with it. I had pulled "
                                "the raw orders for eight weeks.";
static const struct finding findings[] = {
    {.rule = "vague-claim", .severity = "warning", .message = "\"a lot\" hides the size.", .start = 13, .end = 18}};
static const struct dimension dimensions[] = {
    {.id = "result",
     .name = "Result",
     .anchor = {"none", "an adjective", "a number", "a baseline, a period, the link to the business",
                "causal evidence, and it lasted"},
     .bar_l5 = 3,
     .bar_l6 = 4},
    {.id = "decision", .name = "Decision", .anchor = {"", "", "", "", ""}, .bar_l5 = 3, .bar_l6 = 3},
};
static const struct rubric rubric = {
    .id = "behavioural", .title = "Behavioural", .dimensions = (struct dimension *)dimensions, .dimension_count = 2};
static const struct score scores[] = {{"result", 2}, {"decision", 4}};
static const struct principle dive_deep = {.id = "dive-deep", .name = "Dive Deep"};

static struct debrief_answer answer(size_t score_count)
{
    return (struct debrief_answer){
        .prompt = "Tell me about a time a metric and what customers told you did not agree.",
        .principle = "dive-deep",
        .text = said,
        .stage = 1,
        .active_ms = MIN(7) + 12000,
        .findings = findings,
        .finding_count = 1,
        .scores = scores,
        .score_count = score_count,
        .rubric = &rubric,
    };
}

static struct mock_view debriefing(enum mock_phase phase)
{
    struct mock_view v = interview(phase);
    v.part = v.says = "";
    v.said_count = 0;
    v.votes_allowed = scale;
    v.vote_count = 5;
    v.vote_stage = 1;
    v.stage_votes = stages;
    v.stage_vote_count = 3;
    v.page = 2;
    v.pages = 6;
    v.level_bar = 4;
    v.against = "";
    return v;
}

static void test_blind_vote(void **state)
{
    struct stage *s = *state;
    struct mock_view v = debriefing(MOCK_VOTE);
    show(s, &v, "");
    stage_golden(s, "mock-vote");
    assert_true(stage_lacks(s, "Dive Deep"));
}

static void test_evidence(void **state)
{
    struct stage *s = *state;
    struct mock_view v = debriefing(MOCK_EVIDENCE);
    struct debrief_answer a = answer(0);
    v.answer = &a;
    v.principle = &dive_deep;
    v.dimension = &dimensions[0];
    struct view_screen *screen = show(s, &v, "");
    stage_golden(s, "mock-evidence");
    a = answer(2);
    screen->view.dimension = NULL;
    stage_golden(s, "mock-evidence-scored");
}

static void test_case_against(void **state)
{
    struct stage *s = *state;
    struct mock_view v = debriefing(MOCK_AGAINST);
    struct debrief_answer all[] = {answer(2), answer(2)};
    v.answers = all;
    v.answer_count = 2;
    show(s, &v, "\"Returns fell a lot\" is no result.\nNo baseline in either story.\n");
    stage_golden(s, "mock-against");
}

static void test_second_vote(void **state)
{
    struct stage *s = *state;
    struct mock_view v = debriefing(MOCK_REVOTE);
    v.debrief = &outcome;
    v.against = "\"Returns fell a lot\" is no result.\nNo baseline in either story.";
    struct view_screen *screen = show(s, &v, "");
    stage_golden(s, "mock-revote");
    screen->mock.panel = PANEL_REASON;
    screen->mock.picked = VOTE_NOT_INCLINED;
    edit_set_text(screen->mock.line, SV("Neither answer had a baseline."), 30);
    stage_golden(s, "mock-reason");
}

static void test_verdict(void **state)
{
    struct stage *s = *state;
    struct mock_view v = debriefing(MOCK_VERDICT);
    v.debrief = &outcome;
    v.against = "\"Returns fell a lot\" is no result.";
    v.notes = "Ask about the on-call load.";
    struct view_screen *screen = show(s, &v, "");
    stage_golden(s, "mock-verdict");
    page_action(screen->mock.page, ACTION_BOTTOM);
    stage_golden(s, "mock-verdict-end");
}

/* ---- the real thing, on the loops of the fixtures */

static void begin(struct stage *s, const char *loop, enum answer_mode mode)
{
    struct mock *m;
    struct mock_options o;
    mock_options_init(&o);
    o.loop = loop;
    o.mode = mode;
    o.mode_set = true;
    o.seed = 3;
    o.seed_set = true;
    bool opened = mock_open(s->app, &o, &m, &s->err);
    assert_string_equal(s->err.text, "");
    assert_true(opened);
    stage_show(s, mock_screen(s->app, m));
}

static void test_loops_to_choose_from(void **state)
{
    struct stage *s = *state;
    begin(s, "two-interviews", MODE_TYPE);
    stage_keys(s, "Enter");
    stage_pass(s, 60000);
    stage_keys(s, "Esc Esc");
    stage_show(s, mock_loops_screen(s->app, &s->err));
    stage_golden(s, "mock-loops");
    stage_keys(s, "G m p");
    stage_golden(s, "mock-loops-options");
}

static void test_resumed_from_the_list_and_from_home(void **state)
{
    struct stage *s = *state;
    begin(s, "two-interviews", MODE_TYPE);
    stage_keys(s, "Enter ^S");
    assert_true(stage_sees(s, "Principles"));
    stage_type(s, "Half an answer");
    stage_pass(s, 61000);
    assert_true(stage_sees(s, "08:59 left"));
    stage_keys(s, "Esc");
    assert_string_equal(stage_status(s), "Once more to leave. Everything is kept, and the clock waits for you.");
    stage_keys(s, "Esc");
    assert_true(loop_done(s->loop));
    stage_pass(s, 3600000);
    stage_show(s, home_screen(s->app, &s->err));
    stage_golden(s, "home-mock");
    stage_keys(s, "r");
    assert_true(stage_sees(s, "Half an answer"));
    assert_true(stage_sees(s, "08:59 left"));
    stage_keys(s, "Esc Esc m Enter");
    assert_true(stage_sees(s, "Half an answer"));
}

static void test_discarded_when_asked_twice(void **state)
{
    struct stage *s = *state;
    begin(s, "two-interviews", MODE_TYPE);
    stage_show(s, mock_loops_screen(s->app, &s->err));
    assert_true(stage_sees(s, "unfinished"));
    stage_keys(s, "D");
    assert_non_null(strstr(stage_status(s), "D again"));
    stage_keys(s, "j k");
    stage_keys(s, "D");
    assert_true(stage_sees(s, "unfinished"));
    stage_keys(s, "D");
    assert_true(stage_lacks(s, "unfinished,"));
}

/* Everything is there that was there; what was typed in the moment of the stop starts nothing. */
static void test_hard_stop_hands_in(void **state)
{
    struct stage *s = *state;
    begin(s, "single-behavioural", MODE_TYPE);
    stage_keys(s, "Enter");
    stage_type(s, "I was still talk");
    for (int i = 0; i < 12 * 60 - 1; i++)
        stage_pass(s, 1000);
    assert_true(stage_sees(s, "I was still talk"));
    assert_true(stage_sees(s, "00:01 left"));
    stage_pass(s, 1000);
    assert_true(stage_sees(s, "is handed in"));
    assert_true(stage_sees(s, "1  inclined"));
    stage_keys(s, "1");
    assert_true(stage_sees(s, "1  inclined")); /* meant for the answer */
    stage_pass(s, 2000);
    stage_keys(s, "1");
    assert_true(stage_sees(s, "I was still talk"));
    assert_true(stage_lacks(s, "1  inclined"));
}

static void test_pause_hides_and_stops(void **state)
{
    struct stage *s = *state;
    begin(s, "single-behavioural", MODE_TYPE);
    stage_keys(s, "Enter");
    stage_type(s, "Secret");
    stage_keys(s, "F3");
    assert_true(stage_lacks(s, "Secret"));
    stage_pass(s, 600000);
    stage_keys(s, "F3");
    assert_true(stage_sees(s, "12:00 left"));
    assert_true(stage_sees(s, "Secret"));
}

static void test_notes_last_the_whole_loop(void **state)
{
    struct stage *s = *state;
    begin(s, "two-interviews", MODE_TYPE);
    stage_keys(s, "n");
    stage_type(s, "Ask about on-call.");
    stage_keys(s, "F6");
    assert_true(stage_sees(s, "Ask about on-call."));
    stage_keys(s, "Enter");
    assert_true(stage_lacks(s, "Ask about on-call."));
    stage_keys(s, "F6");
    assert_true(stage_sees(s, "Ask about on-call."));
    stage_type(s, " And pay.");
    struct err err = ERR_INIT;
    assert_true(loop_save(s->loop, &err)); /* the terminal closes */
    stage_show(s, home_screen(s->app, &s->err));
    stage_keys(s, "r F6");
    assert_true(stage_sees(s, "Ask about on-call. And pay."));
}

static void test_facts_come_to_whoever_asks(void **state)
{
    struct stage *s = *state;
    begin(s, "two-interviews", MODE_TYPE);
    stage_keys(s, "Enter ^S"); /* background */
    stage_while(s, "· Principles", "F4");
    assert_true(stage_sees(s, "· Case"));
    stage_type(s, "First, is it real?");
    stage_keys(s, "F7");
    stage_type(s, "countries");
    stage_keys(s, "Enter");
    assert_true(stage_sees(s, "a  make an assumption"));
    stage_keys(s, "a");
    assert_true(stage_sees(s, "First, is it real?"));
    stage_keys(s, "F8");
    assert_true(stage_sees(s, "Make an assumption"));
}

static void test_spoken_answers_are_ticked(void **state)
{
    struct stage *s = *state;
    begin(s, "two-interviews", MODE_SPEAK);
    stage_keys(s, "Enter Enter");
    assert_true(stage_sees(s, "Answer aloud now."));
    stage_pass(s, 90000);
    stage_keys(s, "Enter");
    assert_true(stage_sees(s, "Tick what you really said"));
    stage_keys(s, "1 4 Tab");
    stage_type(s, "sellers, refunds");
    stage_keys(s, "^S F8");
    assert_true(stage_sees(s, "sellers, refunds"));
}

static void use(struct stage *s, const char *option, const char *command)
{
    if (!config_set(app_config(s->app), option, command, &s->err))
        fail_msg("%s", s->err.text);
}

/* A microphone that tells in FOLDER/begun that it records. */
static void wait_for_recorder(struct stage *s)
{
    struct buf path = BUF_INIT, begun = BUF_INIT;
    buf_addf(&path, "%s/begun", buf_str(&s->folder));
    while (!file_read(buf_str(&path), 4096, &begun, NULL))
        stage_pass(s, 1);
    buf_release(&path);
    buf_release(&begun);
}

static void test_spoken_answers_are_written_down(void **state)
{
    struct stage *s = *state;
    struct buf command = BUF_INIT;
    buf_addf(&command,
             "sh -c 'trap \"exit 0\" INT; head -c 99 /dev/zero >$0; echo x >%s/begun; while :; do sleep 9; "
             "done' {}",
             buf_str(&s->folder));
    use(s, "recorder", buf_str(&command));
    use(s, "transcriber", "sh -c 'test -s $0 && echo Um, I called forty sellers.'");
    buf_release(&command);
    begin(s, "two-interviews", MODE_SPEAK);
    stage_keys(s, "Enter Enter");
    assert_true(stage_sees(s, "it is recorded"));
    wait_for_recorder(s);
    stage_pass(s, 30000);
    stage_keys(s, "Enter");
    assert_true(stage_sees(s, "Writing down what you said"));
    while (stage_sees(s, "Writing down what you said"))
        stage_pass(s, 100);
    assert_true(stage_sees(s, "correct it"));
    stage_type(s, "Right: ");
    stage_keys(s, "^S F8");
    assert_true(stage_sees(s, "Right: Um, I called forty sellers."));
}

static void answer_everything(struct stage *s)
{
    for (int i = 0; i < 60 && !loop_done(s->loop); i++) {
        const struct canvas *c = loop_draw(s->loop, 24, 80);
        struct buf dump = BUF_INIT;
        canvas_dump(c, false, &dump);
        const char *text = buf_str(&dump);
        bool debrief = strstr(text, "Debrief ·") != NULL;
        bool rest = strstr(text, "The clock stands") != NULL;
        bool questions = strstr(text, "like to ask?") != NULL;
        buf_release(&dump);
        if (debrief)
            return;
        if (!rest && !questions)
            stage_type(s, "I pulled the orders of eight weeks and decided against the rebate.");
        stage_pass(s, 20000);
        stage_keys(s, rest ? "Enter" : "^S");
    }
}

static void test_whole_loop_to_the_verdict_and_back_from_review(void **state)
{
    struct stage *s = *state;
    begin(s, "two-interviews", MODE_TYPE);
    answer_everything(s);
    assert_true(stage_sees(s, "Interview 1: Hiring manager"));
    stage_keys(s, "2 b 2");
    assert_true(stage_sees(s, "Interview 2: Product manager"));
    stage_keys(s, "2");
    assert_true(stage_sees(s, "page 1 of"));
    stage_while(s, "1-5 level", "3");
    assert_true(stage_sees(s, "Which story was it?"));
    stage_golden(s, "mock-story");
    stage_keys(s, "a");
    stage_type(s, "The rebate I refused");
    stage_golden(s, "mock-story-new");
    stage_keys(s, "Enter");
    stage_while(s, "page 1 of", "n");
    stage_while(s, "n next page", "n");
    assert_true(stage_sees(s, "The bar raiser speaks against you"));
    assert_true(stage_sees(s, "I pulled the orders"));
    stage_type(s, "No number.");
    stage_keys(s, "^S");
    assert_true(stage_sees(s, "Your first vote: inclined"));
    stage_keys(s, "2 3");
    assert_true(stage_sees(s, "Why not inclined now?"));
    stage_keys(s, "Enter");
    assert_non_null(strstr(stage_status(s), "needs a reason"));
    stage_type(s, "No baseline.");
    stage_keys(s, "Enter");
    assert_true(stage_sees(s, "As voted"));
    stage_keys(s, "G");
    assert_true(stage_sees(s, "No number."));
    stage_keys(s, "1");
    assert_true(stage_sees(s, "Drill 1 of"));
    stage_keys(s, "F10");
    assert_true(stage_sees(s, "Enter finish"));
    stage_keys(s, "Enter");
    assert_true(loop_done(s->loop));
    stage_show(s, home_screen(s->app, &s->err));
    assert_true(stage_lacks(s, "Unfinished"));
    stage_keys(s, "v m");
    assert_true(stage_sees(s, "Two interviews"));
    stage_keys(s, "Enter n");
    assert_true(stage_sees(s, "I pulled the orders"));
    stage_keys(s, "b");
    assert_true(stage_sees(s, "As voted"));
    stage_keys(s, "G");
    assert_true(stage_sees(s, "No number."));
}

static void test_a_loop_that_waits_is_offered(void **state)
{
    struct stage *s = *state;
    bool waiting = true;
    struct mock_options o;
    mock_options_init(&o);
    o.loop = "two-interviews";
    assert_null(mock_offer_screen(s->app, &o, &waiting, &s->err));
    assert_false(waiting);
    begin(s, "two-interviews", MODE_TYPE);
    stage_keys(s, "Enter");
    stage_type(s, "Who I am");
    stage_keys(s, "Esc Esc");
    stage_show(s, mock_offer_screen(s->app, &o, &waiting, &s->err));
    stage_golden(s, "mock-offer");
    stage_keys(s, "Enter");
    assert_true(stage_sees(s, "Who I am"));
    stage_keys(s, "Esc Esc");
    stage_show(s, mock_offer_screen(s->app, &o, &waiting, &s->err));
    stage_keys(s, "x");
    assert_non_null(strstr(stage_status(s), "x again"));
    stage_keys(s, "x");
    assert_true(stage_sees(s, "Next: Hiring manager"));
}

static void test_no_debrief_teaches(void **state)
{
    struct stage *s = *state;
    stage_show(s, mock_past_screen(s->app, &s->err));
    stage_golden(s, "mock-past-empty");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, stage_setup, stage_teardown)
    const struct CMUnitTest tests[] = {
        T(test_break),
        T(test_answer),
        T(test_probe_in_the_last_minute),
        T(test_cut_in_moves_nothing),
        T(test_after_a_hard_stop),
        T(test_case_with_facts),
        T(test_a_twist_comes_first),
        T(test_asking),
        T(test_speaking),
        T(test_ticks),
        T(test_own_questions),
        T(test_panels),
        T(test_blind_vote),
        T(test_evidence),
        T(test_case_against),
        T(test_second_vote),
        T(test_verdict),
        T(test_loops_to_choose_from),
        T(test_resumed_from_the_list_and_from_home),
        T(test_discarded_when_asked_twice),
        T(test_hard_stop_hands_in),
        T(test_pause_hides_and_stops),
        T(test_notes_last_the_whole_loop),
        T(test_facts_come_to_whoever_asks),
        T(test_spoken_answers_are_ticked),
        T(test_spoken_answers_are_written_down),
        T(test_a_loop_that_waits_is_offered),
        T(test_whole_loop_to_the_verdict_and_back_from_review),
        T(test_no_debrief_teaches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
