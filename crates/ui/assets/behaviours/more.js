// <load-more data-href="…"> fetches the older page when it comes into view and puts it in its place.
class LoadMore extends HTMLElement {
  connectedCallback() {
    this.watcher = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      this.watcher.disconnect();
      htmx.ajax("GET", this.dataset.href, { source: this, target: this, swap: "outerHTML" });
    }, { rootMargin: "400px" });
    this.watcher.observe(this);
  }

  disconnectedCallback() {
    this.watcher.disconnect();
  }
}

customElements.define("load-more", LoadMore);
