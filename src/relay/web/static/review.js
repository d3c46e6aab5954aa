// What the page does without this, it does by links, forms and <details>; this adds live counts and freshness.

const COUNT_AFTER = 500;
const LOOK_EVERY = 30_000;

const all = (selector) => [...document.querySelectorAll(selector)];
const one = (selector) => document.querySelector(selector);

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
  if (answer?.ok) number(tabs, await answer.json());
}

function number(tabs, counts) {
  for (const [name, number] of Object.entries(counts)) {
    const shown = one(`[data-count="${name}"]`);
    if (!shown || shown.textContent === String(number)) continue;
    shown.textContent = number;
    if (name === tabs.dataset.tab) one(".fresh").hidden = false;
  }
}

// As it happens, where the server tells; now and then where it does not. What somebody types is never touched.

function listen(tabs) {
  let timer = setInterval(look, LOOK_EVERY, tabs);
  if (!("EventSource" in window)) return;
  const source = new EventSource(tabs.dataset.live);
  source.addEventListener("open", () => clearInterval(timer));
  source.addEventListener("counts", ({ data }) => number(tabs, JSON.parse(data)));
  source.addEventListener("changed", ({ data }) => tell(tabs, JSON.parse(data)));
  source.addEventListener("error", () => {
    clearInterval(timer);
    timer = setInterval(look, LOOK_EVERY, tabs);
  });
  addEventListener("pagehide", () => source.close());
}

function tell(tabs, { crosspost, who, what, lang, state }) {
  const shown = one(".news");
  if (!shown || String(crosspost) !== tabs.dataset.crosspost) return;
  const [lead, rest] = shown.querySelectorAll("b, span");
  lead.textContent = shown.dataset.lead;
  rest.lang = lang;
  rest.textContent = `${who} – ${what} (${state})`;
  shown.hidden = false;
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

document.addEventListener("submit", sendOnce);
addEventListener("pageshow", () => all("form").forEach((form) => delete form.dataset.sent));
unfold();
all("textarea[data-account]").forEach(countLive);
all("[data-seconds]").forEach(countDown);
all("[role=status]:not([hidden])").forEach(announce);
all("[data-counts]").forEach(listen);
all(".queue [aria-current], .tabs [aria-current], .accounts [aria-current]").forEach((link) => link.scrollIntoView({ block: "nearest", inline: "nearest" }));
