// Says that the server works on a form, so that nobody presses the button again.

for (const form of document.querySelectorAll("form[data-busy]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    const line = document.createElement("p");
    line.className = "busy";
    line.setAttribute("role", "status");
    line.append(document.createElement("progress"), ` ${form.dataset.busy}`);
    (event.submitter ?? form.querySelector("button"))?.after(line);
  });
}
// A page that comes back from the browser's memory can be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-busy]")) {
    delete form.dataset.sent;
    form.querySelector(".busy")?.remove();
  }
});
