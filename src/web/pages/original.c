/* web/pages/original.c: a message as it came, and files as they came. What a stranger wrote is shown only after cleaning, in a
   frame that may run nothing and fetch nothing: pictures of the mail itself stand in it as data, those from elsewhere
   stay out. Files are only ever downloads. */
#include "web/pages/original.h"
#include "base/buf.h"
#include "desk/request.h"
#include "text/html_clean.h"
#include "views.h"
#include "web/pages/body.h"
#include "web/pages/desk_page.h"

extern const Route original_routes[];

enum { PICTURE_MOST = 2 * 1024 * 1024 };

#define FRAME_CSP "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:; style-src 'self'; frame-ancestors 'self'"

static Err get(Cx *cx, const Req *q, Message *ret) {
  int64_t id;
  if (!req_param_int(q, "id", &id)) return fail(cx, E_ABSENT, N_("There is no such message."));
  return message_get(cx, id, ret);
}

static Err page(Cx *cx, const Req *q, Res *res) {
  Original o;
  Request r;
  Shell s;
  View v;
  TRY(get(cx, q, &o.m));
  TRY(request_get(cx, o.m.request_id, &r));
  o.ref = request_ref(cx->arena, r.id);
  o.subject = r.subject;
  TRY(desk_begin(cx, q, res, r.subject, RAIL_NONE, &s, &v));
  view_original_page(&v, &s, &o);
  return E_OK;
}

/* ── the frame ───────────────────────────────────────────────────────── */

typedef struct { Cx *cx; Rows files; } Pictures;

static bool is_picture(Str type) {
  static const char *const fine[] = { "image/png", "image/jpeg", "image/gif", "image/webp" };
  for (size_t i = 0; i < COUNT(fine); i++) if (str_eq(type, str_z(fine[i]))) return true;
  return false;
}

/* RFC 4648 section 4, from the kind without padding that addresses have. */
static Str base64(Arena *a, Str bytes) {
  Str s = str_b64url(a, bytes.p, bytes.n);
  Buf b = { .arena = a };
  for (size_t i = 0; i < s.n; i++) buf_char(&b, s.p[i] == '-' ? '+' : s.p[i] == '_' ? '/' : s.p[i]);
  while (b.n % 4) buf_char(&b, '=');
  return buf_str(&b);
}

/* cid:… of a file that came with the message; everything else stays out. */
static Str picture(void *arg, Str address) {
  Pictures *p = arg;
  if (!str_istarts(address, S("cid:"))) return S("");
  for (size_t i = 0; i < p->files.n; i++) {
    const Attachment *f = ROW(Attachment, p->files, i);
    Attachment again;
    Str bytes;
    if (!f->cid.n || !str_ieq(f->cid, str_from(address, 4)) || !is_picture(f->type) || f->size > PICTURE_MOST) continue;
    if (attachment_get(p->cx, f->id, &again, &bytes)) return S("");
    return str_cat(p->cx->arena, S("data:"), f->type, S(";base64,"), base64(p->cx->arena, bytes));
  }
  return S("");
}

static Err frame(Cx *cx, const Req *q, Res *res) {
  Message m;
  Pictures p = { .cx = cx };
  TRY(get(cx, q, &m));
  TRY(attachment_list(cx, m.id, &p.files));
  /* Cleaned when it came; cleaned again costs little, and an old fault of the cleaner does no harm. */
  Html html = m.html.n ? html_pictures(cx->arena, html_clean(cx->arena, m.html), picture, &p) : body_html(cx, m.format, m.text);
  View v = view_for(cx, &res->body);
  res->csp = S(FRAME_CSP);
  view_original_frame(&v, m.lang, html);
  return E_OK;
}

static Err file(Cx *cx, const Req *q, Res *res) {
  Attachment f;
  Str bytes;
  int64_t id;
  if (!req_param_int(q, "id", &id)) return fail(cx, E_ABSENT, N_("There is no such file."));
  TRY(attachment_get(cx, id, &f, &bytes));
  return res_file(cx, res, f.name, f.type, bytes);
}

const Route original_routes[] = {
  { .verb = GET, .path = "/messages/{id}/original",       .run = page,  .may = MAY_PROVIDER, .about = "A message as it came" },
  { .verb = GET, .path = "/messages/{id}/original/frame", .run = frame, .may = MAY_PROVIDER, .about = "Its words, in a frame of their own" },
  { .verb = GET, .path = "/files/{id}",                   .run = file,  .may = MAY_PROVIDER, .about = "A file that came with a message" },
  { 0 }
};
