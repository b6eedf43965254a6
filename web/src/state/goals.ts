/** The client of goals on our own server. */

import { goalApi } from "../core/goals";
import { api } from "./api";

export const goals = goalApi(api);
