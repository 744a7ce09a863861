/* The formula as one fused pass over ranges of postings, keeping the best rows seen: what a loop can do at best. */
#include <math.h>
#include <stdint.h>

typedef struct {
    const int32_t *latitude, *longitude;
    const uint8_t *flags;
    const float *right;
    const uint8_t *believed;
    const int32_t *areas, *eligibility, *terms, *hours;
    const int8_t *status;
    const float *places, *waiting, *age;
} Columns;

typedef struct {
    const int8_t *served;
    const float *chance, *terms;
    const float *days;
    const uint8_t *hours;
    const float *by_status;
    float latitude, longitude, cosine;
    float prior, room_half_life, no_capacity, capacity, half_places;
    float walk_fixed, walk_pace, transit_fixed, transit_pace, aside;
    float travel_limit, half_minutes, unknown_way;
    float soon_limit, soon_half_life, soon_unknown;
} Question;

enum { REMOTE = 2 | 4 | 8, APPROXIMATE = 16, IS_OPEN = 1, SAID = 2, COMPLETE = 4, CAPACITY = 1 };

static const float UNIT = 1e-7f * 0.017453292519943295f, EARTH_DIAMETER = 2 * 6371.009f;

static inline float travel(const Columns *c, const Question *q, uint32_t row, int far) {
    if (far) return c->flags[row] & REMOTE ? 1.0f : q->unknown_way;
    float latitude = (float)c->latitude[row] * UNIT;
    float up = sinf((latitude - q->latitude) / 2), across = sinf(((float)c->longitude[row] * UNIT - q->longitude) / 2);
    float km = EARTH_DIAMETER * asinf(sqrtf(up * up + q->cosine * cosf(latitude) * across * across));
    if (c->flags[row] & APPROXIMATE) km = sqrtf(km * km + q->aside * q->aside);
    float minutes = fminf(q->walk_fixed + km * q->walk_pace, q->transit_fixed + km * q->transit_pace);
    return q->travel_limit + (1 - q->travel_limit) * exp2f(-minutes / q->half_minutes);
}

static inline float room(const Columns *c, const Question *q, uint32_t row) {
    int status = c->status[row];
    if (!status) return q->prior;
    float stated = q->by_status[status];
    if (status == CAPACITY && c->places[row] >= 0)
        stated = q->no_capacity + (q->capacity - q->no_capacity) * (1 - exp2f(-c->places[row] / q->half_places));
    return q->prior + (stated - q->prior) * exp2f(-c->age[row] / q->room_half_life);
}

static inline float soon(const Columns *c, const Question *q, uint32_t row) {
    int hours = c->hours[row], known = q->hours[hours];
    float days = known & SAID ? q->days[hours] : 0, waiting = c->waiting[row];
    float worth = q->soon_limit;
    if ((known & SAID) || !(known & COMPLETE))
        worth += (1 - q->soon_limit) * exp2f(-fmaxf(days, waiting) / q->soon_half_life);
    int sure = (known & (IS_OPEN | COMPLETE)) && c->believed[row];
    return sure ? worth : fminf(worth, q->soon_unknown);
}

/* Adds the postings from `first` to before `last` to the best `limit`; returns how many there are now. */
static int scan(const Columns *c, const Question *q, const uint32_t *rows, const float *weights, int64_t first,
                int64_t last, int far, int limit, int found, uint32_t *best_rows, float *best) {
    for (int64_t place = first; place < last; place++) {
        uint32_t row = rows[place];
        float chance = q->chance[c->eligibility[row]];
        if (chance <= 0 || !q->served[c->areas[row]]) continue;
        float score = weights[place] * c->right[row] * chance * q->terms[c->terms[row]];
        if (found == limit && score <= best[limit - 1]) continue;
        score *= travel(c, q, row, far) * room(c, q, row) * soon(c, q, row);
        if (found == limit && score <= best[limit - 1]) continue;
        int at = found < limit ? found++ : limit - 1;
        for (; at > 0 && best[at - 1] < score; at--) {
            best[at] = best[at - 1];
            best_rows[at] = best_rows[at - 1];
        }
        best[at] = score;
        best_rows[at] = row;
    }
    return found;
}

/* Scans the ranges one after the other. */
int best_of(const Columns *c, const Question *q, const uint32_t *rows, const float *weights, const int64_t *first,
            const int64_t *last, int ranges, int far, int limit, int found, uint32_t *best_rows, float *best) {
    for (int number = 0; number < ranges; number++)
        found = scan(c, q, rows, weights, first[number], last[number], far, limit, found, best_rows, best);
    return found;
}
