/** Why a map does not take a command. */

export const REASONS = [
  "unknown_command", "unknown_id", "taken_id", "bad_position", "last_step", "bad_field", "bad_shape", "wrong_lane",
] as const;
export type Reason = (typeof REASONS)[number];

export class Refused extends Error {
  constructor(
    readonly reason: Reason,
    /** The id, field or place that it is about. */
    readonly detail: string,
    readonly command = "",
  ) {
    super(`${command}: ${reason} (${detail})`);
    this.name = "Refused";
  }
}
