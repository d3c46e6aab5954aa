// What the page does without this, it does by links, forms and <details>; this adds keys, live counts and freshness.

const SWITCH = "relay-keys";
const COUNT_AFTER = 500;
const LOOK_EVERY = 30_000;

const all = (selector) => [...document.querySelectorAll(selector)];
const one = (selector) => document.querySelector(selector);
const keysAreOn = () => localStorage.getItem(SWITCH) !== "off";

// Single keys (WCAG 2.1.4: they can be turned off, and never act while somebody types).

const isTyping = (target) => target.matches("textarea, input, select, [contenteditable]");

function press(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
  if (event.key === "Escape") return leave(event.target);
  if (!keysAreOn() || isTyping(event.target)) return;
  const target = all("[data-key]").find((element) => element.dataset.key === event.key && element.checkVisibility());
  if (!target) return;
  event.preventDefault();
  target.click();
  // At once, not at the toggle event: what is typed next is words, and must never act as keys.
  show(target.closest(".panel"));
}

function show(panel) {
  if (!panel?.open) return;
  panel.querySelector("textarea").focus();
  panel.scrollIntoView({ block: "nearest" });
}

function leave(target) {
  const panel = target.closest("details[open].panel, details[open].help");
  if (!panel) return;
  panel.open = false;
  panel.querySelector("summary").focus();
}

function showSwitch() {
  for (const button of all("[data-switch]")) {
    const name = () => {
      button.textContent = keysAreOn() ? button.dataset.on : button.dataset.off;
    };
    button.hidden = false;
    button.addEventListener("click", () => {
      localStorage.setItem(SWITCH, keysAreOn() ? "off" : "on");
      name();
    });
    name();
  }
}

// A form is sent once, however often its key is pressed.

function sendOnce(event) {
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
}

// The exact count, as the server counts.

function countLive(box) {
  let timer;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => count(box), COUNT_AFTER);
  };
  box.addEventListener("input", later);
  box.form.elements.warning?.addEventListener("input", later);
}

async function count(box) {
  const warning = box.form.elements.warning?.value ?? "";
  const body = new URLSearchParams({ account: box.dataset.account, text: box.value, warning });
  const answer = await fetch("/count", { method: "POST", body }).catch(() => null);
  if (!answer?.ok) return;
  const shown = one("#live");
  const words = Object.fromEntries([...shown.children].map(({ dataset }) => [dataset.live, dataset.word]));
  const counts = await answer.json();
  const posts = Math.max(...counts.map(({ post }) => post));
  shown.replaceChildren(...counts.flatMap((number) => [counted(number, posts, words[number.unit]), " "]));
}

function counted({ post, unit, used, max }, posts, word) {
  const shown = document.createElement("span");
  const number = document.createElement("b");
  number.textContent = used;
  shown.append(posts > 1 ? `${post}/${posts} · ` : "", number, `/${max} ${word}`);
  Object.assign(shown.dataset, { live: unit, word });
  shown.classList.toggle("over", used > max);
  return shown;
}

// New numbers now and then; the page itself stays as it is until somebody asks.

async function look(tabs) {
  if (document.hidden) return;
  const answer = await fetch(tabs.dataset.counts).catch(() => null);
  if (!answer?.ok) return;
  for (const [name, number] of Object.entries(await answer.json())) {
    const shown = one(`[data-count="${name}"]`);
    if (shown.textContent === String(number)) continue;
    shown.textContent = number;
    if (name === tabs.dataset.tab) one(".fresh").hidden = false;
  }
}

// The recall window, in seconds; screen readers are told once, not each second.

function countDown(shown) {
  const timer = setInterval(() => {
    const left = Number(shown.textContent) - 1;
    shown.textContent = Math.max(left, 0);
    if (left > 0) return;
    clearInterval(timer);
    shown.closest("form").hidden = true;
  }, 1000);
}

// A status that stands in a page from its beginning is not announced: it is said again once the page is there.

function announce(status) {
  const words = [...status.childNodes];
  if (!words.length) return;
  status.replaceChildren();
  setTimeout(() => status.replaceChildren(...words), 150);
}

// On a wide screen nothing is folded, for assistive technology too.

function unfold() {
  const wide = matchMedia("(min-width: 60rem)");
  const apply = () => {
    for (const fold of all(".fold")) {
      fold.open = wide.matches;
      fold.querySelector("summary").tabIndex = wide.matches ? -1 : 0;
    }
  };
  wide.addEventListener("change", apply);
  apply();
}

document.addEventListener("keydown", press);
all(".panel:not([open])").forEach((panel) => panel.addEventListener("toggle", () => show(panel)));
document.addEventListener("submit", sendOnce);
addEventListener("pageshow", () => all("form").forEach((form) => delete form.dataset.sent));
showSwitch();
unfold();
all("textarea[data-account]").forEach(countLive);
all("[data-seconds]").forEach(countDown);
all("[role=status]").forEach(announce);
all("[data-counts]").forEach((tabs) => setInterval(look, LOOK_EVERY, tabs));
all(".queue [aria-current], .tabs [aria-current]").forEach((link) => link.scrollIntoView({ block: "nearest" }));
