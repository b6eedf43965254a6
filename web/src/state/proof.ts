/** The client of experiments and befores/afters on our own server. */

import { proofApi } from "../core/proof";
import { api } from "./api";

export const proof = proofApi(api);
