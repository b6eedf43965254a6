/** Hands a file to the browser. */

export function download(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A name that every file system takes: `funnel-2026-11-21.csv`. */
export function fileName(title: string, extension: string, now = new Date()): string {
  const plain = title.toLowerCase().replaceAll("ł", "l").replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  const day = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
  return `${plain || "desireline"}-${day}.${extension}`;
}
