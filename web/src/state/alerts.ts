/** The clients of alerts, deliveries and reports on our own server. */

import { alertApi } from "../core/alerts";
import { reportApi } from "../core/reports";
import { api } from "./api";

export const alerts = alertApi(api);
export const reports = reportApi(api);
