// Keys, menus and the palette, on every page. All of it can be done without: keys press what stands on the page.

const SECOND = 1200;

const find = (selector, within = document) => [...within.querySelectorAll(selector)];
const palette = document.querySelector(".palette");

// Single keys (WCAG 2.1.4: each can be changed or turned off on /keys, and none acts while somebody types).

const isTyping = (target) => target.matches("textarea, input:not([type=checkbox], [type=radio]), select, [contenteditable]");

let first = "";
let forgetting;

function press(event) {
  if (event.isComposing || event.repeat) return;
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === "k" && !event.altKey ? open(event) : undefined;
  if (event.altKey) return;
  if (event.key === "Escape") return leave(event.target);
  if (event.key.length !== 1 || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  act(event, first ? `${first} ${event.key}` : event.key);
}

function act(event, key) {
  remember("");
  const target = named(key);
  if (target) {
    event.preventDefault();
    target.click();
    // At once, not at the toggle event: what is typed next is words, and must never act as keys.
    enter(target.closest(".panel"));
  } else if (!key.includes(" ") && find("[data-key]").some((one) => one.dataset.key.startsWith(`${key} `))) {
    remember(key);
  }
}

// What stands on the page goes first; the places of the palette can be gone to from anywhere.
const named = (key) => {
  const known = find("[data-key]").filter((one) => one.dataset.key === key && !one.disabled);
  return known.find((one) => one.checkVisibility()) ?? known.find((one) => palette?.contains(one));
};

function remember(key) {
  clearTimeout(forgetting);
  first = key;
  if (key) forgetting = setTimeout(remember, SECOND, "");
}

function enter(panel) {
  if (!panel?.open) return;
  const boxes = ["textarea", "input:checked", "input:not([type=hidden])", "select"];
  boxes.map((box) => panel.querySelector(box)).find(Boolean)?.focus();
  panel.scrollIntoView({ block: "nearest" });
}

function leave(target) {
  const menu = target.closest("details[open].panel, details[open].help, details[open].fan") ?? document.querySelector("details[open]:is(.help, .fan)");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
}

// A menu closes when somebody goes on elsewhere.

function shut({ target }) {
  for (const menu of find("details[open]:is(.help, .fan)")) if (!menu.contains(target)) menu.open = false;
}

// The palette: what this page can do, and where else there is to go.

function open(event) {
  if (!palette || palette.open) return;
  event.preventDefault();
  const seen = find("[data-key]").filter((one) => one.checkVisibility() && !palette.contains(one));
  const acts = [true, false].flatMap((first) => seen.filter((one) => Boolean(one.closest(".actions, .tools")) === first));
  palette.querySelector(".acts").replaceChildren(...acts.map(offered));
  palette.querySelector("input").value = "";
  palette.showModal();
  narrow();
}

function offered(target) {
  const [line, button] = [document.createElement("li"), document.createElement("button")];
  const name = target.getAttribute("aria-label") ?? words(target);
  button.type = "button";
  button.append(name);
  if (target.dataset.key) button.append(key(target.dataset.key));
  button.addEventListener("click", () => {
    palette.close();
    target.click();
    enter(target.closest(".panel"));
  });
  line.append(button);
  return line;
}

function key(name) {
  const shown = document.createElement("kbd");
  shown.ariaHidden = "true";
  shown.textContent = name;
  return shown;
}

function words(target) {
  const copy = target.cloneNode(true);
  find("kbd, [aria-hidden=true]", copy).forEach((one) => one.remove());
  return copy.textContent.trim().replace(/\s+/g, " ");
}

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function narrow() {
  const wanted = plain(palette.querySelector("input").value).split(/\s+/);
  const lines = find("li", palette);
  for (const line of lines) line.hidden = !wanted.every((word) => plain(line.textContent).includes(word));
  const { found, none } = palette.querySelector("[role=status]").dataset;
  const number = lines.filter((line) => !line.hidden).length;
  palette.querySelector("[role=status]").textContent = number ? found.replace("#", number) : none;
}

function choose(event) {
  const lines = find("li:not([hidden]) :is(a, button)", palette);
  const here = lines.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    (lines[here + step] ?? palette.querySelector("input")).focus();
  } else if (event.key === "Enter" && here < 0) {
    event.preventDefault();
    lines[0]?.click();
  }
}

document.addEventListener("keydown", press);
document.addEventListener("click", shut);
document.addEventListener("focusin", shut);
palette?.addEventListener("input", narrow);
palette?.addEventListener("keydown", choose);
palette?.addEventListener("click", (event) => event.target === palette && palette.close());
for (const button of find("[data-palette]")) {
  button.hidden = false;
  button.addEventListener("click", open);
}
for (const panel of find(".panel:not([open])")) panel.addEventListener("toggle", () => enter(panel));

// The one address that a script may be had from by name (W3C Trusted Types): no other is let through, whoever asks.

const WORKER = "/sw.js";
const rule = { createScriptURL: () => WORKER };
const ours = globalThis.trustedTypes?.createPolicy("relay", rule) ?? rule;
if ("serviceWorker" in navigator && isSecureContext) navigator.serviceWorker.register(ours.createScriptURL(WORKER)).catch(() => {});
