/* channel/letter.c: see letter.h. In the text part a link stands behind its words. */
#include "channel/letter.h"
#include "desk/site.h"
#include "mailviews.h"
#include "text/html_text.h"

void letter_new(Letter *l, const Cx *cx) {
  *l = (Letter){ .html.arena = cx->arena, .text.arena = cx->arena };
  l->view = view_for(cx, &l->html);
  l->view.site = cx->site->public_url;
}

Html letter_say(Letter *l, Str words, const HtArg *args, size_t n) {
  Buf b = { .arena = l->view.arena };
  View v = l->view;
  v.out = &b;
  ht_sentence(&v, HT_AS_MARKUP, words, args, n);
  return view_since(&v, 0);
}

Html letter_plain(Letter *l, Str words) { return letter_say(l, words, NULL, 0); }

/* A paragraph of the text part. */
static void text_line(Letter *l, Str words) {
  if (!words.n) return;
  buf_add(&l->text, words);
  buf_add(&l->text, S("\n\n"));
}
static void text_html(Letter *l, Html h) { text_line(l, str_trim(html_to_text(l->view.arena, h.s, NULL))); }
static void text_link(Letter *l, Str words, Str url) {
  buf_add(&l->text, words);
  buf_add(&l->text, S(":\n"));
  text_line(l, url);
}

void letter_hello(Letter *l, Str words) {
  view_letter_hello(&l->view, words);
  text_line(l, words);
}

void letter_title(Letter *l, Str over, Str words) {
  view_letter_title(&l->view, over, words);
  text_line(l, over);
  text_line(l, words);
}

void letter_para(Letter *l, Html sentence) {
  view_letter_para(&l->view, sentence);
  text_html(l, sentence);
}

void letter_words(Letter *l, Html html, Str source, Str lang) {
  view_letter_words(&l->view, html, lang.n ? lang : lang_tag(l->view.lang));
  text_line(l, str_trim(source));
}

void letter_sign(Letter *l, Str name, Str under) {
  view_letter_sign(&l->view, name, under);
  text_line(l, under.n ? str_cat(l->view.arena, name, S("\n"), under) : name);
}

void letter_promise(Letter *l, Html sentence, Str under, const Str *conditions, size_t n) {
  Html *items = NEW_N(l->view.arena, Html, n + 1);
  for (size_t i = 0; i < n; i++) {
    Buf b = { .arena = l->view.arena };
    View v = l->view;
    v.out = &b;
    ht_text_user(&v, U(conditions[i]));
    items[i] = view_since(&v, 0);
  }
  view_letter_promise(&l->view, sentence, under, items, n);
  text_html(l, sentence);
  for (size_t i = 0; i < n; i++) { buf_add(&l->text, S("  * ")); buf_add(&l->text, conditions[i]); buf_char(&l->text, '\n'); }
  if (n) buf_char(&l->text, '\n');
  text_line(l, under);
}

void letter_buttons(Letter *l, Str go_url, Str go, Str soft_url, Str soft) {
  view_letter_buttons(&l->view, str_cstr(l->view.arena, go_url), go, str_cstr(l->view.arena, soft_url), soft);
  text_link(l, go, go_url);
  if (soft.n) text_link(l, soft, soft_url);
  l->buttons = true;
}

void letter_card(Letter *l, Str url, Str words, Str under) {
  view_letter_card(&l->view, url, words, under);
  text_link(l, str_cat(l->view.arena, words, S(" – "), under), url);
}

void letter_scale(Letter *l, Str url, int lo, int hi, Str low, Str high) {
  view_letter_scale(&l->view, url, lo, hi, low, high);
  for (int i = lo; i <= hi; i++) {
    Str end = i == lo ? low : i == hi ? high : S("");
    buf_add(&l->text, str_fmt(l->view.arena, "  %d" STR_FMT STR_FMT ": " STR_FMT "%d\n", i, STR_ARG(end.n ? S(", ") : end), STR_ARG(end), STR_ARG(url), i));
  }
  buf_char(&l->text, '\n');
}

void letter_dim(Letter *l, Html sentence) {
  view_letter_dim(&l->view, sentence);
  text_html(l, sentence);
}

void letter_done(Letter *l, Html *ret_html, Str *ret_text) {
  Buf all = { .arena = l->view.arena };
  View v = l->view;
  v.out = &all;
  view_mail_top(&v, l->subject, l->glimpse);
  html_raw(&all, view_since(&l->view, 0));
  view_mail_end(&v);
  *ret_html = view_since(&v, 0);
  *ret_text = str_cat(l->view.arena, str_trim(buf_str(&l->text)), S("\n"));
}
