"use strict";
// Nothing here is needed to answer: the page is plain HTML.
(() => {
  const form = document.querySelector("form");
  const problem = document.getElementById("problem");
  if (problem) problem.focus();

  if (form) {
    const place = `desireline ${location.pathname}`;
    try {
      // Random, for this form alone, never sent anywhere else: it keeps one browser from answering twice.
      if (!localStorage.getItem(place)) localStorage.setItem(place, crypto.randomUUID());
      form.elements.browser.value = localStorage.getItem(place);
    } catch {
      // A sandboxed frame has no storage; the page's own token still guards against sending it twice.
    }
    let sent = false;
    form.addEventListener("submit", (event) => {
      if (sent) event.preventDefault();
      sent = true;
    });
    addEventListener("pageshow", () => { sent = false; });
  }

  for (const box of document.querySelectorAll("textarea[data-limit]")) {
    const says = box.parentElement.querySelector("[data-says]");
    box.addEventListener("input", () => {
      const left = Number(box.dataset.limit) - [...box.value].length;
      says.hidden = left > 500;
      says.textContent = `${says.dataset.says} ${left}`;
    });
  }

  if (window.parent !== window) {
    const tell = () => window.parent.postMessage({ desirelineHeight: document.documentElement.offsetHeight }, "*");
    new ResizeObserver(tell).observe(document.documentElement);
  }
})();
