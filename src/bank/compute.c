#include "pmprep/bank/compute.h"

#include <math.h>
#include <string.h>

enum { DEPTH_MAX = 32, ARGUMENTS_MAX = 3, DIGITS_MAX = 15 };

struct calculation {
    struct sv rest; /* what is not read yet */
    unsigned depth;
    bool failed;
    struct err *err;
};

static double fail(struct calculation *c, const char *what)
{
    if (!c->failed) {
        struct sv near = sv_sub(c->rest, 0, 20);
        err_set(c->err, ERR_FORMAT, "%s at \"" SV_FMT "\"", what, SV_ARG(near));
    }
    c->failed = true;
    return 0;
}

static char peek(struct calculation *c)
{
    while (c->rest.len > 0 && c->rest.data[0] == ' ') {
        c->rest = sv_sub(c->rest, 1, c->rest.len);
    }
    return c->rest.len > 0 ? c->rest.data[0] : '\0';
}

static char take(struct calculation *c)
{
    char first = peek(c);
    c->rest = sv_sub(c->rest, 1, c->rest.len);
    return first;
}

static bool accept(struct calculation *c, char wanted)
{
    return peek(c) == wanted && take(c) == wanted;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Not strtod(), whose decimal point depends on the locale. */
static double read_number(struct calculation *c, int *decimals)
{
    double value = 0;
    int digits = 0;
    bool point = false;
    *decimals = 0;
    if (!is_digit(peek(c))) {
        return fail(c, "a number is expected");
    }
    for (; c->rest.len > 0; c->rest = sv_sub(c->rest, 1, c->rest.len)) {
        char next = c->rest.data[0];
        if (next == '.' && !point) {
            point = true;
            continue;
        }
        if (!is_digit(next)) {
            break;
        }
        value = value * 10 + (next - '0');
        *decimals += point;
        digits++;
    }
    if (digits > DIGITS_MAX) {
        return fail(c, "too long a number ends");
    }
    return value / pow(10, *decimals);
}

/* Of the difference of two shares, n people each. */
static double z_of(const double *a)
{
    double mean = (a[0] + a[1]) / 2;
    return fabs(a[0] - a[1]) / sqrt(2 * mean * (1 - mean) / a[2]);
}

static double p_of(const double *a)
{
    return erfc(z_of(a) / sqrt(2));
}

static double n_of(const double *a)
{
    return 2 * pow(1.96 + 0.84, 2) * a[0] * (1 - a[0]) / (a[1] * a[1]);
}

static double sqrt_of(const double *a)
{
    return sqrt(a[0]);
}

static double pow_of(const double *a)
{
    return pow(a[0], a[1]);
}

static const struct function {
    const char *name;
    size_t arguments;
    double (*call)(const double *arguments);
} functions[] = {{"sqrt", 1, sqrt_of}, {"pow", 2, pow_of}, {"z", 3, z_of}, {"p", 3, p_of}, {"n", 2, n_of}};

static double read_expression(struct calculation *c);

static const struct function *read_name(struct calculation *c)
{
    size_t len = 0;
    while (len < c->rest.len && c->rest.data[len] >= 'a' && c->rest.data[len] <= 'z') {
        len++;
    }
    struct sv name = sv_sub(c->rest, 0, len);
    for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
        if (sv_eqs(name, functions[i].name)) {
            c->rest = sv_sub(c->rest, len, c->rest.len);
            return &functions[i];
        }
    }
    fail(c, "a number, a parenthesis or one of sqrt pow z p n is expected");
    return NULL;
}

static double read_call(struct calculation *c)
{
    double arguments[ARGUMENTS_MAX] = {0};
    const struct function *function = read_name(c);
    if (!function) {
        return 0;
    }
    for (size_t i = 0; i < function->arguments && !c->failed; i++) {
        if (!accept(c, i == 0 ? '(' : ',')) {
            return fail(c, i == 0 ? "\"(\" is expected" : "another argument is expected");
        }
        arguments[i] = read_expression(c);
    }
    if (!c->failed && !accept(c, ')')) {
        return fail(c, "\")\" is expected");
    }
    return c->failed ? 0 : function->call(arguments);
}

static double read_factor(struct calculation *c)
{
    int decimals;
    double value;
    if (c->depth++ == DEPTH_MAX) {
        return fail(c, "the nesting is too deep");
    }
    if (is_digit(peek(c))) {
        value = read_number(c, &decimals);
    } else if (accept(c, '-')) {
        value = -read_factor(c);
    } else if (accept(c, '(')) {
        value = read_expression(c);
        if (!c->failed && !accept(c, ')')) {
            fail(c, "\")\" is expected");
        }
    } else {
        value = read_call(c);
    }
    c->depth--;
    return value;
}

static double read_term(struct calculation *c)
{
    double value = read_factor(c);
    while (!c->failed && (peek(c) == '*' || peek(c) == '/')) {
        bool times = take(c) == '*';
        double other = read_factor(c);
        value = times ? value * other : value / other;
    }
    return value;
}

static double read_expression(struct calculation *c)
{
    double value = read_term(c);
    while (!c->failed && (peek(c) == '+' || peek(c) == '-')) {
        bool plus = take(c) == '+';
        double other = read_term(c);
        value = plus ? value + other : value - other;
    }
    return value;
}

/* One claim. What is compared is rounded: half a unit of the last decimal, and a little for the arithmetic itself. */
static bool check_claim(struct calculation *c)
{
    int decimals = 0;
    const char *start = c->rest.data;
    double value = read_expression(c);
    struct sv expression = sv_trim((struct sv){start, (size_t)(c->rest.data - start)});
    if (!c->failed && !accept(c, '=')) {
        fail(c, "\"=\" and the figure are expected");
    }
    bool negative = !c->failed && accept(c, '-');
    double given = c->failed ? 0 : read_number(c, &decimals);
    if (c->failed) {
        return false;
    }
    given = negative ? -given : given;
    double unit = pow(10, -decimals);
    if (!isfinite(value)) {
        return err_set(c->err, ERR_FORMAT, SV_FMT " has no value", SV_ARG(expression));
    }
    if (fabs(value - given) > unit / 2 + fabs(value) * 1e-9) {
        return err_set(c->err, ERR_FORMAT, SV_FMT " is %.*f, not %.*f", SV_ARG(expression), decimals + 2, value,
                       decimals, given);
    }
    return true;
}

bool compute_check(struct sv statement, struct err *err)
{
    struct calculation c = {.rest = statement, .err = err};
    bool holds = check_claim(&c);
    while (holds && accept(&c, ';')) {
        holds = check_claim(&c);
    }
    if (holds && peek(&c) != '\0') {
        fail(&c, "nothing more is expected");
    }
    return holds && !c.failed;
}
