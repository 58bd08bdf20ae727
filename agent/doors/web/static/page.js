// What htmx does not do: following what goes on, keeping focus where the reader is, and a few keys.
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// Live parts: the server sends ready-made markup, in which every foreign text is already inert.
function follow(live) {
  if (live.dataset.followed) return;
  live.dataset.followed = "yes";
  const shown = live.querySelector("[data-progress]");
  const events = new EventSource(live.dataset.events);
  const notice = document.getElementById("notice");
  events.addEventListener("open", () => { if (notice.dataset.lost) { notice.textContent = ""; delete notice.dataset.lost; } });
  events.addEventListener("progress", (event) => { shown.innerHTML = event.data; stay(live); });
  events.addEventListener("ended", (event) => { events.close(); ended(live, event.data); });
  events.addEventListener("error", () => {
    if (events.readyState === EventSource.CLOSED) return location.reload();
    notice.textContent = live.dataset.lost;
    notice.dataset.lost = "yes";
  });
}

function ended(live, markup) {
  if (!live.matches("li")) return location.reload();
  const log = live.parentElement;
  live.outerHTML = markup;
  htmx.process(log);
  toLastQuestion();
}

// An answer is read from its beginning, with the question before it.
function toLastQuestion() {
  for (const talk of all(".talk")) {
    const last = all(".said, .asked", talk).pop();
    talk.scrollTop = last ? last.offsetTop - talk.offsetTop : 0;
  }
}

// What goes on is followed at its end.
function stay(element) {
  const talk = element.closest(".talk");
  if (talk) talk.scrollTop = talk.scrollHeight;
}

function markChosen() {
  const chosen = document.getElementById("evidence")?.dataset.chosen;
  for (const link of all("[data-claim]")) {
    const here = link.dataset.claim === chosen;
    link.classList.toggle("chosen", here);
    if (here) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
  }
}

function ready(root) {
  all("[data-events]", root).concat(root.matches?.("[data-events]") ? [root] : []).forEach(follow);
  all("[data-print]", root).forEach((button) => { button.hidden = false; });
  markChosen();
}

document.addEventListener("DOMContentLoaded", () => { ready(document); toLastQuestion(); });

document.addEventListener("htmx:afterSettle", (event) => {
  const target = event.detail.target;
  if (event.detail.elt.id === "evidence" || target.id === "evidence") {
    const pane = document.getElementById("evidence");
    pane.scrollTop = 0;
    document.getElementById("evidence-heading").focus({ preventScroll: wide() });
  }
  ready(document);
});

// A form that is answered only when its work is done says so meanwhile, and is sent once.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.busy || event.submitter?.name === "more") return;
  if (form.hasAttribute("aria-busy")) return event.preventDefault();
  form.setAttribute("aria-busy", "true");
  document.getElementById("notice").textContent = form.dataset.busy;
});

// Whoever comes back to the page may send it anew.
window.addEventListener("pageshow", () => all("form[aria-busy]").forEach((form) => {
  form.removeAttribute("aria-busy");
  document.getElementById("notice").textContent = "";
}));

const wide = () => matchMedia("(min-width: 62rem)").matches;

document.addEventListener("htmx:afterRequest", (event) => {
  const composer = event.detail.elt.closest?.("[data-composer]");
  if (event.detail.successful) document.getElementById("notice").textContent = "";
  if (!composer && event.detail.elt.matches?.(".answers")) return event.detail.successful && event.detail.elt.remove();
  if (!composer || !event.detail.successful) return;
  composer.reset();
  composer.querySelector(".starters")?.remove();
  const live = document.getElementById("live");
  if (live) {
    const place = live.dataset.events.replace(/\/events$/, "");
    composer.setAttribute("action", `${place}/turns`);
    composer.setAttribute("hx-post", `${place}/turns`);
    htmx.process(composer);
    stay(live);
  }
});

document.addEventListener("htmx:sendError", () => {
  const notice = document.getElementById("notice");
  notice.textContent = notice.dataset.offline;
});

document.addEventListener("click", (event) => {
  const starter = event.target.closest("[data-say]");
  if (starter) {
    const form = starter.closest("form");
    form.elements.message.value = starter.dataset.say;
    form.requestSubmit();
  }
  if (event.target.closest("[data-print]")) print();
  for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.id === "say") {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
  if (event.key === "Escape") {
    const menu = event.target.closest?.("details.menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
    else if (event.target.closest?.("#evidence")) document.querySelector("#article .mark.chosen")?.focus();
  }
});
