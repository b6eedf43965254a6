/** The client of annotations on our own server. */

import { annotationApi } from "../core/annotations";
import { api } from "./api";

export const annotations = annotationApi(api);
