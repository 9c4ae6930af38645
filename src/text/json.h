/* text/json.h: JSON out, straight into a Buf, and JSON in, as a tree in the arena.
   Not here: which fields a call takes (desk, web). Invariant: what is written is valid JSON in valid UTF-8
   whatever the values hold; what is read has no duplicate names, no NUL, and is within caps.h. */
#ifndef TEXT_JSON_H
#define TEXT_JSON_H
#include "base/buf.h"
#include "base/clock.h"
#include "base/cx.h"

/* ---- out: JsonOut w = { .to = &b }; json_obj(&w); JSON(&w, "id", id); json_end(&w);
   Commas come by themselves. In an object give each value its name first; nesting to 64 (asserted). */
typedef struct { Buf *to; uint64_t objects; int depth; bool comma, in_html; } JsonOut;
/* A literal true is an int to C: JSON(&w, "on", (bool)true).
   .in_html: also write < > & as \u003c …, for JSON inside a <script> element. */

void json_obj(JsonOut *);                         /* { */
void json_arr(JsonOut *);                         /* [ */
void json_end(JsonOut *);                         /* } or ], whichever is open */
void json_name(JsonOut *, const char *name);      /* "name": ; the next call gives its value */
void json_put_str(JsonOut *, Str);                /* bad UTF-8 comes out as U+FFFD */
void json_put_z(JsonOut *, const char *);         /* NULL comes out as null */
void json_put_int(JsonOut *, int64_t);
void json_put_double(JsonOut *, double);          /* fewest digits that read back the same; not finite: null */
void json_put_bool(JsonOut *, bool);
void json_put_null(JsonOut *);
void json_put_time(JsonOut *, int64_t at);        /* microseconds UTC as RFC 3339; 0 comes out as null */
void json_put_raw(JsonOut *, Str json);           /* already JSON (a stored column); empty comes out as null */

#define JSON_PUT(w, x) _Generic((x), Str: json_put_str, const char *: json_put_z, char *: json_put_z, \
  bool: json_put_bool, int: json_put_int, int64_t: json_put_int, uint32_t: json_put_int, size_t: json_put_int, long long: json_put_int, double: json_put_double)(w, x)
#define JSON(w, name, x) (json_name((w), (name)), JSON_PUT((w), (x)))
#define JSON_TIME(w, name, at) (json_name((w), (name)), json_put_time((w), (at)))
#define JSON_OBJ(w, name) (json_name((w), (name)), json_obj(w))
#define JSON_ARR(w, name) (json_name((w), (name)), json_arr(w))

/* ---- in */
typedef enum { JSON_IS_NULL, JSON_IS_BOOL, JSON_IS_INT, JSON_IS_NUMBER, JSON_IS_STR, JSON_IS_LIST, JSON_IS_OBJ } JsonKind;
typedef struct Json Json;
struct Json {
  JsonKind    kind;
  Str         name;           /* of a member of an object, else empty */
  bool        truth;          /* JSON_IS_BOOL */
  int64_t     whole;          /* JSON_IS_INT */
  double      number;         /* JSON_IS_NUMBER, and JSON_IS_INT too */
  Str         text;           /* JSON_IS_STR, valid UTF-8 */
  const Json *at;             /* elements of JSON_IS_LIST, members of JSON_IS_OBJ in the order sent */
  size_t      n;
};

/* Bytes that are no UTF-8 come out as U+FFFD. E_TOO_LARGE past CAP_JSON_BYTES; else E_MALFORMED with what is wrong at which line and column. Any value may be the root. */
Err json_read(Cx *, Str text, const Json **ret) CHECKED;
Err json_read_object(Cx *, Str text, const Json **ret) CHECKED;     /* the root must be { … } */

const Json *json_get(const Json *object, const char *name);         /* NULL if absent, or object is none */
bool json_has(const Json *object, const char *name);                /* there and not null */

/* One member of an object by type. Absent or null: *ret stays as it was, E_OK. Wrong type: E_INVALID on that field. */
Err json_str   (Cx *, const Json *object, const char *name, Str *ret) CHECKED;
Err json_int   (Cx *, const Json *object, const char *name, int64_t *ret) CHECKED;   /* also 3.0; never a rounded number */
Err json_double(Cx *, const Json *object, const char *name, double *ret) CHECKED;
Err json_bool  (Cx *, const Json *object, const char *name, bool *ret) CHECKED;
Err json_time  (Cx *, const Json *object, const char *name, int64_t *ret) CHECKED;   /* RFC 3339 with a zone → microseconds */
Err json_list  (Cx *, const Json *object, const char *name, const Json **ret, size_t *ret_n) CHECKED;
Err json_strs  (Cx *, const Json *object, const char *name, Str **ret, size_t *ret_n) CHECKED;   /* a list of texts */
Err json_object_of(Cx *, const Json *object, const char *name, const Json **ret) CHECKED;
/* E_INVALID naming the first member that is not among names (ended by NULL): a misspelt field is told, not ignored. */
Err json_only  (Cx *, const Json *object, const char *const *names) CHECKED;
#endif
