// <online-compiler src="https://…/embed/<id>"></online-compiler> in anybody's page: a frame that is loaded when it is about to be seen, and is
// as high as what it shows. Needs nothing, stores nothing, and knows nothing of the page around it.
(() => {
  const home = new URL(document.currentScript?.src ?? location.href).origin
  const firstHeight = 240

  class OnlineCompiler extends HTMLElement {
    static observedAttributes = ['src', 'language', 'theme', 'height', 'readonly', 'lines']
    #frame = null
    #resize = (event) => {
      if (!this.#frame || event.source !== this.#frame.contentWindow || event.data?.type !== 'onlinecompiler:height') return
      const height = Number(event.data.height)
      if (height > 0 && !this.hasAttribute('height')) this.#frame.style.height = `${Math.min(Math.ceil(height), 2000)}px`
    }

    connectedCallback() {
      // The program may stand between the tags, which are not all read yet when this one is.
      if (document.readyState === 'loading' && !this.hasAttribute('src')) addEventListener('DOMContentLoaded', () => this.#show(), { once: true })
      else this.#show()
      addEventListener('message', this.#resize)
    }

    disconnectedCallback() {
      removeEventListener('message', this.#resize)
      this.#frame?.remove()
      this.#frame = null
    }

    attributeChangedCallback() {
      if (this.#frame) this.#frame.src = this.#address()
    }

    #show() {
      if (this.#frame || !this.isConnected) return
      const address = this.#address()
      const frame = document.createElement('iframe')
      frame.title = this.getAttribute('title') ?? 'A program to run: OnlineCompiler'
      frame.loading = 'lazy'
      frame.allow = 'clipboard-write'
      frame.style.cssText = `display:block;box-sizing:border-box;width:100%;height:${Number(this.getAttribute('height')) || firstHeight}px;border:1px solid rgb(128 128 128 / .4);border-radius:8px`
      frame.src = address
      this.style.display ||= 'block'
      const shadow = this.shadowRoot ?? this.attachShadow({ mode: 'open' })
      shadow.replaceChildren(frame)
      this.#frame = frame
    }

    #address() {
      const source = this.getAttribute('src')
      const url = source ? new URL(source, home) : new URL('/embed', home)
      for (const name of ['language', 'theme', 'lines']) if (this.hasAttribute(name)) url.searchParams.set(name, this.getAttribute(name))
      if (this.hasAttribute('readonly')) url.searchParams.set('readonly', '')
      if (this.hasAttribute('height')) url.searchParams.set('height', 'fixed')
      if (!source) url.hash = `code=${encodeURIComponent(this.textContent.replace(/^\s*\n|\s+$/g, ''))}`
      return url.href
    }
  }

  if (!customElements.get('online-compiler')) customElements.define('online-compiler', OnlineCompiler)
})()
