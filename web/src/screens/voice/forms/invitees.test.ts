import { expect, it } from "vitest";
import { asTable, made, rowsOf } from "./invitees";

it("gives a plain list its header", () => {
  expect(asTable(" ana@example.org \n\nivo@example.org\r\n")).toBe("email\nana@example.org\nivo@example.org");
  expect(asTable("1001\n1002")).toBe("customer_id\n1001\n1002");
});

it("leaves a table as it is, whatever separates its columns", () => {
  expect(asTable("customer_id;language\n7;pl")).toBe("customer_id;language\n7;pl");
  expect(asTable('"email"\tlanguage\na@b.c\thr')).toBe('"email"\tlanguage\na@b.c\thr');
});

it("reads quoted cells, and counts links and refusals", () => {
  const rows = rowsOf('\ufeffemail,link,refused\r\n"a,""b""",http://x/f/1,\r\nc@d.e,,twice\r\nf@g.h,,twice\r\n');
  expect(rows[0]).toEqual({ email: 'a,"b"', link: "http://x/f/1", refused: "" });
  expect(made(rows)).toEqual({ links: 1, refused: { twice: 2 } });
});
