/** Room for side paths above and below the planned way, in pixels. */
export const SIDE = { above: 92, below: 80 };
