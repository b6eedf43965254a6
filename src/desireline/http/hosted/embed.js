"use strict";
// <script src="…/f/KEY/embed.js" data-invitation="TOKEN" data-language="pl" async></script>; both data- are optional.
(() => {
  const script = document.currentScript;
  const page = new URL(script.src.replace(/\/embed\.js.*$/, ""));
  page.searchParams.set("embed", "1");
  if (script.dataset.invitation) page.searchParams.set("i", script.dataset.invitation);
  if (script.dataset.language) page.searchParams.set("lang", script.dataset.language);

  const frame = document.createElement("iframe");
  frame.title = script.dataset.title || "Feedback";
  frame.setAttribute("sandbox", "allow-forms allow-scripts");
  frame.referrerPolicy = "no-referrer";
  frame.loading = "lazy";
  Object.assign(frame.style, { width: "100%", height: "480px", border: "0", display: "block" });
  frame.src = page;
  addEventListener("message", (event) => {
    const height = event.source === frame.contentWindow && event.data?.desirelineHeight;
    if (Number.isFinite(height)) frame.style.height = `${Math.min(Math.max(height, 80), 6000)}px`;
  });
  script.after(frame);
})();
