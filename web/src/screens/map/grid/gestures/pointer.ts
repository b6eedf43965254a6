/** Presses on the grid: which gesture one starts, one move a frame, scrolling at the edges. */

import { NAMES_WIDTH } from "../../../../core/map/layout";
import type { Grid } from "../grid.svelte";
import { dragCards } from "./cards";
import type { Gesture, Point } from "./gesture";
import { dragHead, type HeadKind } from "./heads";
import type { Marks } from "./marks";
import { rubber } from "./rubber";
import { pullEdge, pullHeight, pullSpan, pullWidth } from "./sizes";

/** A press becomes a gesture after so many pixels, with a finger after so many milliseconds without moving. */
const [SLIP, HOLD_MS] = [4, 320];
const [EDGE, SPEED] = [36, 14];
const OWN = "button, a, input, textarea, select, [role=slider], [data-own]";

function gestureFor(grid: Grid, marks: Marks, event: PointerEvent, start: Point): Gesture | null {
  const target = event.target as HTMLElement;
  const id = target.closest<HTMLElement>("[data-id]")?.dataset["id"] ?? "";
  const grip = target.closest<HTMLElement>("[data-grip]")?.dataset["grip"];
  if (grip === "span") return pullSpan(grid, marks, id);
  if (grip === "width") return pullWidth(grid, marks, id);
  if (grip === "height") return pullHeight(grid, marks, id);
  if (grip === "edge") return pullEdge(grid, marks, id);
  const kind = grid.thing(id)?.kind;
  if (kind === "card") return dragCards(grid, marks, id, start);
  if (kind) return dragHead(grid, marks, kind as HeadKind, id, start);
  return event.pointerType === "touch" || start.x < 0 || start.y < 0 ? null : rubber(grid, marks, start, event.shiftKey || event.ctrlKey || event.metaKey);
}

/** Listens on the viewport; the returned function stops. */
export function pointers(grid: Grid, viewport: HTMLElement, marks: Marks): () => void {
  let pressed: { event: PointerEvent; timer: ReturnType<typeof setTimeout> | undefined } | null = null;
  let gesture: Gesture | null = null;
  let box = viewport.getBoundingClientRect();
  let last = { clientX: 0, clientY: 0 };
  let frame = 0;
  let swallow = false;

  const pointAt = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => ({
    clientX,
    clientY,
    x: (clientX - box.left + grid.scroll.x) / grid.zoom - NAMES_WIDTH,
    y: (clientY - box.top + grid.scroll.y) / grid.zoom - grid.heads,
  });

  /** How fast to scroll when the pointer is near an edge of the part of the sheet in sight. */
  const pull = (at: number, from: number, to: number): number => (at < from + EDGE ? -SPEED : at > to - EDGE ? SPEED : 0);

  function tick(): void {
    frame = 0;
    if (!gesture) return;
    const dx = pull(last.clientX, box.left + NAMES_WIDTH * grid.zoom, box.right);
    const dy = pull(last.clientY, box.top + grid.heads * grid.zoom, box.bottom);
    gesture.move(pointAt(last));
    if (dx || dy) {
      viewport.scrollBy(dx, dy);
      frame = requestAnimationFrame(tick);
    }
  }

  function begin(): void {
    if (!pressed) return;
    clearTimeout(pressed.timer);
    box = viewport.getBoundingClientRect();
    grid.scrolled();
    gesture = gestureFor(grid, marks, pressed.event, pointAt(pressed.event));
    if (!gesture) return end();
    viewport.setPointerCapture(pressed.event.pointerId);
    document.documentElement.style.cursor = gesture.cursor;
    viewport.dataset["busy"] = "";
  }

  function end(): void {
    clearTimeout(pressed?.timer);
    cancelAnimationFrame(frame);
    [frame, pressed, gesture] = [0, null, null];
    document.documentElement.style.cursor = "";
    delete viewport.dataset["busy"];
  }

  function ondown(event: PointerEvent): void {
    const target = event.target as HTMLElement;
    swallow = false;
    if (event.button !== 0 || grid.session.readonly || grid.editing || (target.closest(OWN) && !target.closest("[data-grip], [data-add]"))) return;
    last = event;
    pressed = { event, timer: event.pointerType === "touch" ? setTimeout(begin, HOLD_MS) : undefined };
  }

  function onmove(event: PointerEvent): void {
    if (!pressed || event.pointerId !== pressed.event.pointerId) return;
    last = { clientX: event.clientX, clientY: event.clientY };
    if (!gesture) {
      if (Math.hypot(event.clientX - pressed.event.clientX, event.clientY - pressed.event.clientY) < SLIP) return;
      if (event.pointerType === "touch") return end();
      begin();
    }
    if (gesture && !frame) frame = requestAnimationFrame(tick);
  }

  function onup(): void {
    if (gesture) {
      const done = gesture;
      if (frame) done.move(pointAt(last));
      swallow = true;
      end();
      done.drop();
    } else {
      end();
    }
  }

  function oncancel(): void {
    gesture?.cancel();
    end();
  }

  const onkey = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !gesture) return;
    event.stopPropagation();
    swallow = true;
    oncancel();
  };
  const onclick = (event: MouseEvent) => {
    if (!swallow) return;
    swallow = false;
    event.stopPropagation();
  };
  const ontouch = (event: TouchEvent) => gesture && event.preventDefault();

  viewport.addEventListener("pointerdown", ondown);
  viewport.addEventListener("pointermove", onmove);
  viewport.addEventListener("pointerup", onup);
  viewport.addEventListener("pointercancel", oncancel);
  viewport.addEventListener("click", onclick, true);
  viewport.addEventListener("touchmove", ontouch, { passive: false });
  addEventListener("keydown", onkey, true);
  return () => {
    end();
    viewport.removeEventListener("pointerdown", ondown);
    viewport.removeEventListener("pointermove", onmove);
    viewport.removeEventListener("pointerup", onup);
    viewport.removeEventListener("pointercancel", oncancel);
    viewport.removeEventListener("click", onclick, true);
    viewport.removeEventListener("touchmove", ontouch);
    removeEventListener("keydown", onkey, true);
  };
}
