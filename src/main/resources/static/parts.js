// A file goes in parts: a network that breaks costs the part that was on its way, and no file is too large. Without this the
// form sends a small file as forms do.
(function () {
  'use strict';
  var form = document.querySelector('form[data-parts]');
  if (!form) return;
  var size = Number(form.dataset.parts);
  var shown = form.querySelector('[data-sending]');
  var refused = document.querySelector('[data-refused]');

  form.addEventListener('submit', function (event) {
    var file = form.elements.file.files[0];
    if (!file || file.size === 0) return; // the answer says what is missing
    event.preventDefault();
    if (!shown.hidden) return;
    var list = form.dataset.list + form.elements.key.value;
    var count = Math.ceil(file.size / size);
    forget();
    say('');
    busy(true);
    show(0);
    post(form.action + '/beginnings', new URLSearchParams({
      key: form.elements.key.value, people: form.elements.people.value, name: file.name
    }), 0).then(function () { return part(0); })
      .then(function () { return post(list + '/parts', new URLSearchParams({ count: count }), 0); })
      .then(function () { location.assign(list); })
      .catch(function (no) {
        if (no.redirected) { location.assign(no.url); return; } // signed out meanwhile
        no.json().then(function (problem) {
          say((problem.faults || []).map(sentence).join(' ') || problem.detail);
          busy(false);
          shown.hidden = true;
        });
      });

    function part(number) {
      if (number === count) return Promise.resolve();
      var bytes = file.slice(number * size, (number + 1) * size);
      return post(list + '/parts/' + number + '?of=' + count, bytes, 0).then(function () {
        show(number + 1);
        return part(number + 1);
      });
    }

    function show(parts) {
      var sent = Math.min(file.size, parts * size);
      shown.hidden = false;
      shown.querySelector('progress').value = sent / file.size;
      shown.querySelector('[data-words]').textContent = shown.dataset.words
        .replace('{0}', (sent / 1e6).toFixed(1)).replace('{1}', (file.size / 1e6).toFixed(1));
    }
  });

  function busy(is) {
    form.querySelectorAll('button[type=submit]').forEach(function (button) { button.disabled = is; });
  }

  // What the server said of what was sent before is over.
  function forget() {
    document.querySelectorAll('.refusal:not([data-refused]), form[data-parts] .fault').forEach(function (old) { old.hidden = true; });
    form.querySelectorAll('.is-invalid').forEach(function (field) {
      field.classList.remove('is-invalid');
      field.removeAttribute('aria-invalid');
    });
  }

  // The file stays in its field: whatever was wrong beside it is mended and sent again.
  function say(words) {
    refused.hidden = !words;
    refused.querySelector('[data-words]').textContent = words;
    if (words) refused.focus();
  }

  function sentence(fault) {
    var label = document.querySelector('label[for="field-' + CSS.escape(fault.field) + '"]');
    return (label ? label.firstChild.textContent.trim() + (document.documentElement.lang === 'en' ? ': ' : '：') : '') + fault.detail;
  }

  // Tried again as long as the network is away or the platform busy; whatever else is answered is for the reader.
  function post(address, body, tries) {
    function again() {
      return new Promise(function (go) { setTimeout(go, Math.min(500 * Math.pow(2, tries), 8000)); })
        .then(function () { return post(address, body, tries + 1); });
    }
    var headers = { 'X-XSRF-TOKEN': form.elements._csrf.value, 'Accept': 'application/problem+json' };
    return fetch(address, { method: 'POST', headers: headers, body: body }).then(function (answer) {
      if (answer.ok && !answer.redirected) return answer;
      // 409: the same request is still at work there, if its network broke; not for ever
      if (answer.status > 500 || (answer.status === 409 && tries < 5)) return again();
      throw answer;
    }, again);
  }
})();
