import { expect, it } from "vitest";
import { asCsv } from "./csv";

it("a comparison as a file keeps letters, quotes and intervals, and disarms formulas", async () => {
  const row = { cell: "step:2", a: 8, a_of: 20, b: 0, b_of: 0, difference: null, low: null, high: null };
  const file = asCsv({ differences: [{ ...row, label: 'Łódź, "A"' }, { ...row, label: "=1+1", b: 1, b_of: 4, difference: 0.15, low: -0.3, high: 0.5 }] });
  const bytes = new Uint8Array(await file.arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(new TextDecoder().decode(bytes).split("\r\n")).toEqual([
    "label,cell,a,a_of,a_share,b,b_of,b_share,difference,low,high",
    '"Łódź, ""A""",step:2,8,20,0.4,0,0,,,,',
    "'=1+1,step:2,8,20,0.4,1,4,0.25,0.15,-0.3,0.5",
    "",
  ]);
});
