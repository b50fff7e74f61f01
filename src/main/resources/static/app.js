// What pages do beyond links and plain forms. Everything here is a comfort: each page works without it.
(function () {
  'use strict';

  // A form goes once. Coming back to the page makes its buttons work again.
  document.addEventListener('submit', function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.method !== 'post') return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = 'yes';
    setTimeout(function () {
      form.querySelectorAll('button[type=submit]').forEach(function (button) { button.disabled = true; });
    });
  });
  window.addEventListener('pageshow', function () {
    document.querySelectorAll('form[data-sent]').forEach(function (form) {
      delete form.dataset.sent;
      delete form.dataset.reached;
      form.querySelectorAll('button[type=submit]').forEach(function (button) { button.disabled = false; });
    });
  });

  // A form that took trouble to fill in goes only when the network is there: until then the page and all that was typed stay.
  document.querySelectorAll('form[data-keep]').forEach(function (form) {
    form.addEventListener('submit', function (event) {
      if (form.dataset.reached) return;
      event.preventDefault();
      if (form.dataset.trying) return;
      form.dataset.trying = 'yes';
      var stop = new AbortController();
      var timer = setTimeout(function () { stop.abort(); }, 8000);
      fetch('/site/hello', { cache: 'no-store', signal: stop.signal }).then(function () {
        show(false);
        form.dataset.reached = 'yes';
        form.requestSubmit();
      }).catch(function () { show(true); }).finally(function () {
        clearTimeout(timer);
        delete form.dataset.trying;
      });
    }, true);
  });

  // On a narrow screen another figure is chosen above what is shown of it: that comes into view.
  document.addEventListener('htmx:afterSettle', function (event) {
    var asked = event.detail.requestConfig && event.detail.requestConfig.elt;
    var shows = asked && asked.dataset && asked.dataset.shows && document.getElementById(asked.dataset.shows);
    if (shows && window.matchMedia('(max-width: 61.98rem)').matches) shows.scrollIntoView();
  });

  // "/" goes to the search box, as on the key printed in it.
  document.addEventListener('keydown', function (event) {
    var search = document.querySelector('[data-slash]');
    if (event.key !== '/' || !search || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest('input, textarea, select, [contenteditable], .modal')) return;
    event.preventDefault();
    search.focus();
    search.select();
  });

  // What opens from a button closes by Escape and by a click beside it.
  document.addEventListener('click', function (event) {
    document.querySelectorAll('details.pop[open]').forEach(function (pop) {
      if (!pop.contains(event.target) || event.target.closest('[data-close]')) pop.open = false;
    });
  });
  document.addEventListener('keydown', function (event) {
    if (event.key !== 'Escape') return;
    var pop = event.target.closest('details.pop[open]') || document.querySelector('details.pop[open]');
    if (pop) { pop.open = false; pop.querySelector('summary').focus(); }
  });

  // Copy buttons appear only where copying works, and say when it is done.
  document.querySelectorAll('[data-copy]').forEach(function (button) {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener('click', function () {
      var source = document.getElementById(button.dataset.copy);
      navigator.clipboard.writeText('value' in source ? source.value : source.textContent.trim()).then(function () {
        var label = button.querySelector('[data-label]') || button;
        var before = label.textContent;
        label.textContent = button.dataset.done;
        setTimeout(function () { label.textContent = before; }, 2500);
      });
    });
  });
  document.querySelectorAll('input[data-select]').forEach(function (input) {
    input.addEventListener('focus', function () { input.select(); });
  });

  // Printing, ticking many at once, and how many are ticked.
  document.querySelectorAll('[data-print]').forEach(function (button) {
    button.hidden = false;
    button.addEventListener('click', function () { window.print(); });
  });
  document.querySelectorAll('[data-count]').forEach(function (button) {
    var label = button.querySelector('[data-label]');
    var words = label.textContent;
    function count() {
      var ticked = document.querySelectorAll('input[name="' + button.dataset.count + '"]:checked').length;
      label.textContent = words + (ticked ? ' (' + ticked + ')' : '');
      button.disabled = ticked === 0;
    }
    document.addEventListener('change', count);
    window.addEventListener('pageshow', count);
    count();
    document.querySelectorAll('[data-tick]').forEach(function (tick) {
      tick.hidden = false;
      tick.addEventListener('click', function () {
        document.querySelectorAll('input[data-' + tick.dataset.tick + ']').forEach(function (box) { box.checked = true; });
        count();
      });
    });
  });

  // A password can be looked at while it is typed.
  document.querySelectorAll('[data-reveal]').forEach(function (button) {
    var input = document.getElementById(button.dataset.reveal);
    button.hidden = false;
    button.addEventListener('click', function () {
      var shown = input.type === 'password';
      input.type = shown ? 'text' : 'password';
      button.setAttribute('aria-pressed', String(shown));
    });
  });

  // The summary of faults names the field before the sentence.
  document.querySelectorAll('.refusal a[href^="#"]').forEach(function (link) {
    var label = document.querySelector('label[for="' + CSS.escape(link.hash.slice(1)) + '"]');
    if (label) link.prepend(label.firstChild.textContent.trim() + (document.documentElement.lang === 'en' ? ': ' : '：'));
  });

  // After a refusal the reader's place is at the reason; in a dialog it is the field to type in.
  var refusal = document.querySelector('[data-focus]');
  if (refusal) refusal.focus();
  document.addEventListener('shown.bs.modal', function (event) {
    var field = event.target.querySelector('[autofocus]');
    if (field) field.focus();
  });

  // The picker by keyboard: down from the field into the list, up and down within it.
  document.addEventListener('keydown', function (event) {
    var picker = event.target.closest('#picker');
    if (!picker || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
    var stops = Array.from(picker.querySelectorAll('input[name=q], .picker-list a, .picker-list button'));
    var next = stops[stops.indexOf(event.target) + (event.key === 'ArrowDown' ? 1 : -1)];
    if (next) { event.preventDefault(); next.focus(); }
  });

  // Without the network nothing is lost: the page says so and goes on when it is back.
  var away = document.getElementById('away');
  function show(isAway) { if (away) away.hidden = !isAway; }
  window.addEventListener('offline', function () { show(true); });
  window.addEventListener('online', function () { show(false); });
  document.addEventListener('htmx:sendError', function () { show(true); });
  document.addEventListener('htmx:responseError', function () { show(true); });
  document.addEventListener('htmx:beforeSwap', function (event) {
    show(false);
    var answered = event.detail.xhr.responseURL;
    if (answered && new URL(answered).pathname.startsWith('/sign-in')) {
      event.detail.shouldSwap = false;
      location.assign('/sign-in?to=' + encodeURIComponent(location.pathname + location.search));
    }
  });
})();
