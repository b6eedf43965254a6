/** A press that became a movement. */

/** Where the pointer is: on the sheet under its heads before zoom, and in the window. */
export interface Point {
  x: number;
  y: number;
  clientX: number;
  clientY: number;
}

export interface Gesture {
  cursor: string;
  /** Called once a frame. */
  move(at: Point): void;
  drop(): void;
  cancel(): void;
}
