import { describe, expect, it, vi } from "vitest";
import { Keyboard, pressed } from "./keys";

const key = (name: string, more: Partial<KeyboardEvent> = {}) => ({ key: name, ctrlKey: false, metaKey: false, altKey: false, preventDefault: vi.fn(), ...more }) as unknown as KeyboardEvent;

it("writes Ctrl and Command alike", () => {
  expect(pressed(key("K", { ctrlKey: true }))).toBe("mod+k");
  expect(pressed(key("k", { metaKey: true }))).toBe("mod+k");
  expect(pressed(key("ArrowLeft"))).toBe("ArrowLeft");
});

describe("the registry", () => {
  const setup = () => {
    const keyboard = new Keyboard();
    const run = vi.fn();
    const away = keyboard.add({ keys: "g m", label: "keys.go_maps", group: "everywhere", run });
    return { keyboard, run, away };
  };

  it("runs a pair of keys within a second, not after", () => {
    const { keyboard, run } = setup();
    keyboard.handle(key("g"), false, 0);
    expect(keyboard.handle(key("m"), false, 900)).toBe(true);
    keyboard.handle(key("g"), false, 2000);
    expect(keyboard.handle(key("m"), false, 3100)).toBe(false);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("is silent in fields unless told otherwise", () => {
    const { keyboard, run } = setup();
    const everywhere = vi.fn();
    keyboard.add({ keys: "mod+k", label: "keys.palette", group: "everywhere", inFields: true, run: everywhere });
    keyboard.handle(key("g"), true, 0);
    keyboard.handle(key("m"), true, 10);
    keyboard.handle(key("k", { ctrlKey: true }), true, 20);
    expect(run).not.toHaveBeenCalled();
    expect(everywhere).toHaveBeenCalledOnce();
  });

  it("prefers what was added last and gives it back", () => {
    const { keyboard } = setup();
    const [first, second] = [vi.fn(), vi.fn()];
    keyboard.add({ keys: "/", label: "keys.search", group: "everywhere", run: first });
    const away = keyboard.add({ keys: "/", label: "keys.search", group: "lists", run: second });
    keyboard.handle(key("/"), false);
    away();
    keyboard.handle(key("/"), false);
    expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 1]);
  });

  it("lists keys that an element handles itself without binding them", () => {
    const { keyboard } = setup();
    keyboard.add({ keys: "Enter", label: "keys.open", group: "map" });
    expect(keyboard.handle(key("Enter"), false)).toBe(false);
    expect(keyboard.all().map((s) => s.keys)).toContain("Enter");
  });
});
