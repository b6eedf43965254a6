// The assignment in JavaScript: made assignment.json, and serves as a pattern for other languages.
// node assignment.mjs > assignment.json
import { createHash } from "node:crypto";

const position = (key, unit) => {
  const digest = createHash("sha256").update(`${key}\x1f${unit}`, "utf8").digest();
  return (Number(digest.readBigUInt64BE(0) >> 11n) + 0.5) / 2 ** 53;
};

const arm = (salt, arms, unit) => {
  const cost = (a) => -Math.log(position(`${salt}:arm:${a.name}`, unit)) / a.weight;
  return arms.reduce((best, a) => (cost(a) < cost(best) ? a : best)).name;
};

const units = ["c1", "c2", "42", "ana@example.org", "Žarko Šimić", "Łódź 7", "顧客", "😀", " ", "x".repeat(200)];
const tests = [
  { salt: "banner", arms: [{ name: "control", weight: 1 }, { name: "treatment", weight: 1 }] },
  { salt: "4f1c", arms: [{ name: "A", weight: 8 }, { name: "B", weight: 1 }, { name: "Č", weight: 0.5 }] },
];
const cases = tests.flatMap(({ salt, arms }) =>
  units.map((unit) => ({ salt, arms, unit, traffic: position(`${salt}:traffic`, unit), arm: arm(salt, arms, unit) })),
);
process.stdout.write(JSON.stringify(cases, null, 1) + "\n");
