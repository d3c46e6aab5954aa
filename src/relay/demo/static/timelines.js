// Every two seconds the page is fetched again, and what is new in its list is put in its place: nothing else moves.
"use strict";

const EVERY = 2000;
const list = document.querySelector("[data-live]");
const still = document.querySelector("[data-still]");

const isAnswer = (item) => item.classList.contains("answer");

function merge(fresh) {
  const items = [...fresh.children];
  const ids = new Set(items.map((item) => item.id));
  let before = null;
  for (const item of items.reverse()) {
    const known = document.getElementById(item.id);
    if (!known) {
      item.classList.add("fresh");
      list.insertBefore(item, before);
      before = item;
    } else if (known.innerHTML !== item.innerHTML || isAnswer(known) !== isAnswer(item)) {
      known.replaceWith(item);
      before = item;
    } else {
      before = known;
    }
  }
  for (const item of [...list.children]) {
    if (!ids.has(item.id)) item.remove();
  }
}

async function refresh() {
  try {
    const answer = await fetch(location.pathname, { cache: "no-cache" });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    merge(page.querySelector("[data-live]"));
    still.hidden = true;
  } catch {
    still.hidden = false;
  }
}

async function live() {
  if (!document.hidden) await refresh();
  setTimeout(live, EVERY);
}

document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
setTimeout(live, EVERY);
