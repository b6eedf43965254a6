/** The client of KPIs on our own server. */

import { kpiApi } from "../core/kpis";
import { api } from "./api";

export const kpis = kpiApi(api);
