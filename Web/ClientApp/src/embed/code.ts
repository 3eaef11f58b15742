/** What goes into somebody's page to show a shared program there; it needs no script where it cannot have one. */
export function embedCode(id: string, origin = window.location.origin): string {
  return `<script async src="${origin}/embed.js"></script>\n<online-compiler src="${origin}/embed/${id}"></online-compiler>`
}
