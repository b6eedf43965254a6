import { expect, it } from "vitest";
import { around } from "./around";

const joined = (text: string, start: number, end: number, room?: number) => around(text, start, end, room).map((one) => (one.said ? `[${one.text}]` : one.text)).join("");

it("marks the very words", () => expect(joined("Free delivery from 199 zł.", 19, 25)).toBe("Free delivery from [199 zł]."));

it("counts characters as the server does, whatever they take in memory", () => expect(joined("🎁🎁 now 20 % off", 7, 11)).toBe("🎁🎁 now [20 %] off"));

it("cuts what is far away, at words", () => expect(joined("one two three four five six seven", 14, 18, 6)).toBe("…three [four] five…"));
