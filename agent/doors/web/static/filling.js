// Filling in forms: what a pasted text tells of itself, and files that are dropped.

// All that tells of a text stands at its beginning; more is not sent for it.
const MOST_READ = 5000;
const READ_AFTER_MS = 400;

for (const text of all("[data-known]")) {
  let waiting, sent = 0;
  const read = async () => {
    const number = ++sent;
    const form = new FormData(text.form);
    form.set("text", text.value.slice(0, MOST_READ));
    form.delete("ticket");
    const answer = await fetch(text.dataset.known, { method: "POST", body: form, headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer || !answer.ok || number !== sent) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("known");
    // Whoever is typing in a field meanwhile is not disturbed.
    if (fresh && !document.getElementById("known").contains(document.activeElement)) {
      document.getElementById("known").replaceWith(document.adoptNode(fresh));
    }
  };
  text.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(read, READ_AFTER_MS); });
}

for (const drop of all("[data-drop]")) {
  const input = drop.querySelector("input[type=file]");
  const list = drop.querySelector("[data-chosen]");
  const show = () => {
    list.hidden = input.files.length === 0;
    list.replaceChildren(...[...input.files].map((file) => {
      const line = document.createElement("li");
      line.dir = "auto";
      line.textContent = `${file.name} · ${Math.ceil(file.size / 1024)} KB`;
      return line;
    }));
  };
  input.addEventListener("change", show);
  for (const name of ["dragover", "dragenter"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    show();
  });
}
