/* text/caps.h: how much of anything a stranger may hand us, all in one list. Past a cap a parser either
   refuses with a reason or keeps the first part; each header says which. */
#ifndef TEXT_CAPS_H
#define TEXT_CAPS_H

enum {
  /* JSON */
  CAP_JSON_BYTES     = 16 * 1024 * 1024,   /* a body; the HTTP side caps most routes far lower */
  CAP_JSON_DEPTH     = 64,
  /* addresses and links */
  CAP_ADDRESS_BYTES  = 254,                /* RFC 5321 4.5.3.1.3, less the angle brackets */
  CAP_LOCAL_BYTES    = 64,                 /* RFC 5321 4.5.3.1.1 */
  CAP_NAME_BYTES     = 400,                /* a person's shown name */
  CAP_ADDRESSES      = 1000,               /* in one header */
  CAP_URL_BYTES      = 4096,
  CAP_FORM_FIELDS    = 1000,
  /* HTML, measured before the parser sees it: the parser is quadratic in depth */
  CAP_HTML_BYTES     = 256 * 1024,
  CAP_HTML_TAGS      = 20000,
  CAP_HTML_DEPTH     = 256,
  CAP_HTML_OUT_DEPTH = 100,                /* nesting we write; deeper elements are unwrapped */
  CAP_LINKS          = 5000,               /* made clickable in one text; the rest stays words */
  CAP_MARKDOWN_BYTES = 512 * 1024,
  /* XML */
  CAP_XML_BYTES      = 1024 * 1024,
  CAP_XML_DEPTH      = 64,
  CAP_XML_NODES      = 100000,             /* elements, attributes and pieces of text */

  /* calendar files */
  CAP_ICAL_BYTES     = 1024 * 1024,
  CAP_ICAL_LINE      = 16 * 1024,          /* unfolded */
  CAP_ICAL_EVENTS    = 2000,
  CAP_ICAL_TURNS     = 4000,               /* of one rule */
  CAP_ICAL_EXCEPT    = 1000,               /* of one event */
  CAP_ICAL_DAYS      = 4000,

  /* mail */
  CAP_MAIL_BYTES     = 50 * 1024 * 1024,
  CAP_MAIL_HEADERS   = 1000,               /* header lines of the message */
  CAP_HEADER_BYTES   = 256 * 1024,         /* all headers of the message together */
  CAP_HEADER_VALUE   = 64 * 1024,          /* of one header; the rest is cut */
  CAP_MAIL_PARTS     = 1000,               /* MIME parts at any depth */
  CAP_MAIL_DEPTH     = 32,
  CAP_MAIL_TEXT      = 4 * 1024 * 1024,    /* decoded text or HTML of one body part; the rest is cut */
  CAP_ATTACHMENTS    = 250,
  CAP_FILE_NAME      = 200,                /* bytes */
  CAP_REFERENCES     = 100,                /* read; see MIME_REFERENCES_OUT for what is written */
  CAP_MESSAGE_ID     = 250,
  CAP_QUOTE_LINES    = 20000,              /* looked at for the start of quoted history */
};
#endif
