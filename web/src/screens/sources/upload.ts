/** Sends a file and says how much of it has left; `fetch` cannot tell that. */

import { ApiError } from "../../core/api";
import type { Upload } from "../../core/types";

export interface Sending {
  language: string;
  unreachable: string;
  signal: AbortSignal;
  /** Called with the part sent, 0..1. */
  onprogress: (part: number) => void;
}

interface Refused {
  error?: { code: string; message: string; details?: unknown };
}

export function sendFile(file: File, sending: Sending): Promise<Upload> {
  const form = new FormData();
  form.append("file", file);
  const request = new XMLHttpRequest();
  request.open("POST", "/api/uploads");
  request.responseType = "json";
  request.setRequestHeader("Accept-Language", sending.language);
  request.upload.onprogress = (event) => event.lengthComputable && sending.onprogress(event.loaded / event.total);
  sending.signal.addEventListener("abort", () => request.abort());
  return new Promise((resolve, reject) => {
    const lost = () => reject(new ApiError("unreachable", sending.unreachable, request.status));
    request.onerror = lost;
    request.onabort = () => reject(new DOMException("", "AbortError"));
    request.onload = () => {
      if (request.status < 300) return resolve(request.response as Upload);
      const refused = (request.response as Refused | null)?.error;
      if (refused) reject(new ApiError(refused.code, refused.message, request.status, refused.details ?? null));
      else lost();
    };
    request.send(form);
  });
}
