/** Copy and paste: between maps, from and to spreadsheets. */

export { CLIP_TYPE, clipOf, copied, type Clip, type Copied } from "./clip";
export { pasted, type Clipboard, type Pasted, type Target } from "./paste";
