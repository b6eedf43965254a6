/** The client of actions on our own server. */

import { actionApi } from "../core/actions";
import { api } from "./api";

export const actions = actionApi(api);
