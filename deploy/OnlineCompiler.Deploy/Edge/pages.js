// At the edge, for the page's own files alone: an address that is not a file is one of the page's routes, and is answered with the
// page. A name with an extension is a file: missing, it stays a 404, or an old page would load HTML in place of its script.
function handler(event) {
  var request = event.request
  if (request.uri.slice(request.uri.lastIndexOf('/') + 1).indexOf('.') < 0) {
    var isEmbedded = request.uri === '/embed' || request.uri.indexOf('/embed/') === 0
    request.uri = isEmbedded ? '/embed.html' : '/index.html'
  }
  return request
}
