/* verdict.js: "yes, sorted" in a mail is one click: the card sends itself after a while, with time to stop it.
   Without this script it is one press more. A machine that opens links does not show the page to anybody; a person does. */
"use strict";

function sendItself(form, say) {
  const [status, count, stop] = [say.querySelector("[role=status]"), say.querySelector(".n"), say.querySelector("button")];
  let left = Number(form.dataset.atOnce);
  const end = () => { clearInterval(timer); say.hidden = true; };
  const tick = () => {
    if (document.visibilityState !== "visible") return;       // the clock stands while nobody can see it
    count.textContent = String(left);
    if (left-- <= 0) { end(); form.requestSubmit(); }
  };
  const timer = setInterval(tick, 1000);
  say.hidden = false;
  status.textContent = say.dataset.say;                        // read out once, not every second
  tick();
  stop.addEventListener("click", end);
  form.addEventListener("input", end);                         // they have more to say: it waits for them
  form.addEventListener("submit", end);
}

const form = document.querySelector("form[data-at-once]");
const say = form && form.querySelector("[data-say]");
if (say && !navigator.webdriver) sendItself(form, say);
