/* wizard.js: the time zone this browser is in, where none was chosen yet. Without it one chooses from the list. */
"use strict";
const zone = document.querySelector("select#zone");
if (zone && !zone.querySelector("option[selected]")) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...zone.options].some((o) => o.value === here)) zone.value = here;
}
