// In lists: a line that keys walk to and choose, and how many are chosen. Without this all of it is done by mouse or Tab.

const find = (selector, within = document) => [...within.querySelectorAll(selector)];
const form = document.querySelector("form.lines");
const lines = form ? find("tbody tr, .sheets > li", form) : [];
const box = (line) => line?.querySelector("input[type=checkbox]");

let here = -1;
let from = 0;

function go(to, { focus = true } = {}) {
  if (!lines[to]) return;
  lines[here]?.classList.remove("here");
  if (box(lines[here])) delete box(lines[here]).dataset.key;
  here = to;
  lines[here].classList.add("here");
  const key = form.querySelector("template[data-press]").dataset.press;
  if (key) box(lines[here]).dataset.key = key;
  if (!focus) return;
  const long = lines[here].querySelector("article");
  (long ? box(lines[here]) : lines[here].querySelector("a")).focus({ preventScroll: Boolean(long) });
  lines[here].scrollIntoView({ block: long ? "start" : "nearest" });
}

// From the last line that was touched to this one, as a press on a list with Shift does.

function chooseTo(to) {
  const [first, last] = [Math.min(from, to), Math.max(from, to)];
  for (const line of lines.slice(first, last + 1)) box(line).checked = true;
  from = to;
  tell();
}

function tell() {
  const shown = form.querySelector(".chosen [role=status]");
  const number = lines.filter((line) => box(line).checked).length;
  const most = Number(form.dataset.most);
  lines.forEach((line) => line.classList.toggle("is-chosen", box(line).checked));
  const { none, some } = shown.dataset;
  shown.textContent = number ? some.replace("#", number) : none;
  if (most && number > most) shown.textContent += ` – ${shown.dataset.most}`;
}

function once(event) {
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
}

if (lines.length) {
  form.addEventListener("change", ({ target }) => {
    const line = lines.indexOf(target.closest("tr, li"));
    if (line < 0) return;
    from = line;
    tell();
  });
  form.addEventListener("click", (event) => {
    const line = lines.indexOf(event.target.closest("tr, li"));
    if (line < 0 || event.target.type !== "checkbox") return;
    if (event.shiftKey) chooseTo(line);
    go(line, { focus: false });
  });
  for (const button of find("[data-step]", form)) {
    button.addEventListener("click", () => go(Math.max(0, here + Number(button.dataset.step))));
  }
  for (const button of find("[data-to]", form)) button.addEventListener("click", () => chooseTo(Math.max(here, 0)));
  for (const part of find(".walk", form)) part.hidden = false;
  go(0, { focus: false });
  tell();
}
for (const one of find("form[method=post]")) one.addEventListener("submit", once);
addEventListener("pageshow", () => {
  for (const one of find("form")) delete one.dataset.sent;
  if (lines.length) tell();
});
