// Joining where there is no network: what is typed is sealed on the phone at once with the server's public key, waits in the
// browser's database, and goes when there is a network, once: each person has an id from the start, under which the server takes
// it a single time. StallKey.java is the other side.
(function () {
  'use strict';
  var keeps = document.querySelector('[data-keeps]');
  if (keeps && 'serviceWorker' in navigator) {
    navigator.serviceWorker.register('/j/keeper.js').then(keeping)
      .then(function () { return fetch(keeps.dataset.keeps, { cache: 'no-store' }); }) // passes the keeper, which keeps it
      .then(function (answer) { if (answer.ok) document.documentElement.dataset.kept = 'yes'; })
      .catch(function () { /* without it the page works as long as there is a network */ });
  }

  function keeping() {
    return new Promise(function (resolve) {
      if (navigator.serviceWorker.controller) resolve();
      else navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true });
    });
  }

  // The browser's database: a line for everybody taken down. What is sealed is taken out of it once it is sent.
  var opened;
  function database() {
    opened = opened || new Promise(function (resolve, reject) {
      var asked = indexedDB.open('gonghui-stall', 1);
      asked.onupgradeneeded = function () { asked.result.createObjectStore('entry', { keyPath: 'id' }); };
      asked.onsuccess = function () { resolve(asked.result); };
      asked.onerror = function () { reject(asked.error); };
    });
    return opened;
  }
  function stored(mode, what) {
    return database().then(function (found) {
      return new Promise(function (resolve, reject) {
        var change = found.transaction('entry', mode, { durability: 'strict' });
        var asked = what(change.objectStore('entry'));
        change.oncomplete = function () { resolve(asked.result); };
        change.onabort = change.onerror = function () { reject(change.error); };
      });
    });
  }
  function all(kind) {
    return stored('readonly', function (entries) { return entries.getAll(); }).then(function (entries) {
      return entries.filter(function (entry) { return entry.kind === kind; })
        .sort(function (one, other) { return other.at - one.at; });
    });
  }
  function put(entry) { return stored('readwrite', function (entries) { return entries.put(entry); }); }
  function remove(entry) { return stored('readwrite', function (entries) { return entries.delete(entry.id); }); }

  // Whoever comes back to the place is led to what waits on this phone.
  var unsent = document.querySelector('[data-unsent]');
  if (unsent && window.indexedDB) {
    all('later').then(function (entries) {
      unsent.hidden = !entries.some(function (entry) { return entry.parcel; });
    }).catch(function () { /* nothing can wait where nothing can be kept */ });
  }

  var page = document.getElementById('stall');
  if (!page) return;
  var code = page.dataset.code;
  var kind = page.dataset.kind;
  var atStall = kind === 'stall';
  var form = document.getElementById('typing');
  if (!window.isSecureContext || !window.crypto.subtle || !window.indexedDB || !crypto.randomUUID) {
    document.getElementById('unable').hidden = false;
    return;
  }
  form.hidden = false;
  form.noValidate = true;

  var words = {};
  document.getElementById('words').content.querySelectorAll('[data-word]').forEach(function (word) {
    words[word.dataset.word] = { short: word.textContent, text: word.dataset.text };
  });
  function say(word, fact) { return words[word].short.replace('{0}', fact); }

  // Sealing.
  function bytes(base64) { return Uint8Array.from(atob(base64), function (sign) { return sign.charCodeAt(0); }); }
  function base64(buffer) { return btoa(String.fromCharCode.apply(null, new Uint8Array(buffer))); }
  async function seal(id, typed) {
    var curve = { name: 'ECDH', namedCurve: 'P-256' };
    var about = new TextEncoder().encode('gonghui stall ' + code + ' ' + id);
    var theirs = await crypto.subtle.importKey('spki', bytes(page.dataset.key), curve, false, []);
    var own = await crypto.subtle.generateKey(curve, false, ['deriveBits']);
    var secret = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, own.privateKey, 256);
    var material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
    var key = await crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: about },
      material, { name: 'AES-GCM', length: 256 }, false, ['encrypt']);
    var nonce = crypto.getRandomValues(new Uint8Array(12));
    var box = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: about }, key,
      new TextEncoder().encode(JSON.stringify(typed)));
    return { key: base64(await crypto.subtle.exportKey('spki', own.publicKey)), nonce: base64(nonce), box: base64(box) };
  }

  // What is wrong is told before it is sealed: afterwards nobody on this phone can read it.
  var WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  function faultOfIdentity(number) {
    if (!number) return 'empty';
    if (number.length !== 18) return 'identity-length';
    if (!/^\d{17}[\dX]$/.test(number)) return 'identity-form';
    var year = +number.slice(6, 10), month = +number.slice(10, 12), day = +number.slice(12, 14);
    var birth = new Date(Date.UTC(year, month - 1, day));
    if (year < 1900 || birth.getUTCMonth() !== month - 1 || birth.getUTCDate() !== day || birth > new Date()) {
      return 'identity-birth-date';
    }
    var sum = WEIGHTS.reduce(function (so, weight, at) { return so + weight * +number[at]; }, 0);
    return '10X98765432'[sum % 11] === number[17] ? null : 'identity-check';
  }
  function faults(typed) {
    var wrong = {};
    if (!typed.name) wrong.name = 'empty';
    var identity = faultOfIdentity(typed.identity);
    if (identity) wrong.identity = identity;
    if (typed.phone && !/^1\d{10}$/.test(typed.phone)) wrong.phone = 'phone';
    if (!typed.employment) wrong.employment = 'empty';
    return wrong;
  }
  function showFaults(wrong) {
    form.querySelectorAll('.fault').forEach(function (fault) { fault.remove(); });
    form.querySelectorAll('.is-invalid').forEach(function (input) {
      input.classList.remove('is-invalid');
      input.removeAttribute('aria-invalid');
      input.setAttribute('aria-describedby', input.getAttribute('aria-describedby').replace(/ ?fault-\S+/, ''));
    });
    Object.keys(wrong).reverse().forEach(function (name) {
      var field = form.querySelector('[data-field="' + name + '"]');
      var input = field.querySelector('input, select');
      var fault = document.getElementById('fault').content.firstElementChild.cloneNode(true);
      fault.id = 'fault-' + name;
      fault.querySelector('span').textContent = say(wrong[name]);
      (field.querySelector('.form-control') || field.querySelector('.picks')).before(fault);
      if (input.type !== 'radio') {
        input.classList.add('is-invalid');
        input.setAttribute('aria-invalid', 'true');
        input.setAttribute('aria-describedby', ((input.getAttribute('aria-describedby') || '') + ' ' + fault.id).trim());
      }
      input.focus();
    });
  }

  form.addEventListener('submit', function (event) {
    event.preventDefault();
    var typed = {};
    new FormData(form).forEach(function (value, name) { typed[name] = value.trim(); });
    typed.identity = typed.identity.replace(/[\s-]/g, '').toUpperCase();
    if (typed.phone) typed.phone = typed.phone.replace(/[\s-]|^\+?86(?=1\d{10}$)/g, '');
    if (typed.employment !== 'regular') delete typed.union;
    var wrong = faults(typed);
    showFaults(wrong);
    if (Object.keys(wrong).length || form.dataset.sealing) return;
    form.dataset.sealing = 'yes';
    var id = crypto.randomUUID();
    seal(id, typed)
      .then(function (parcel) {
        return put({ id: id, code: code, kind: kind, name: typed.name, at: Date.now(), result: 'WAITING', parcel: parcel });
      })
      .then(function () {
        form.reset();
        document.querySelector('#saved [data-text]').textContent = say('saved', typed.name);
        document.getElementById('saved').hidden = false;
        if (atStall) form.elements.name.focus();
        return show();
      })
      .then(send)
      .finally(function () { delete form.dataset.sealing; });
  });

  // The list: who waits, and what became of the others.
  var CHIPS = { WAITING: 'chip-soon', WAITS: 'chip-good', WAITS_MEMBER_ELSEWHERE: 'chip-info', TWICE: 'chip-info', MEMBER_HERE: 'chip-info' };
  async function show() {
    var entries = await all(kind);
    var waiting = entries.filter(function (entry) { return entry.parcel; }).length;
    document.getElementById('counts').hidden = !entries.length;
    document.querySelector('[data-waiting]').textContent = waiting;
    document.querySelector('[data-sent]').textContent = entries.filter(function (entry) { return /^WAITS/.test(entry.result); }).length;
    document.getElementById('send').hidden = !waiting;
    var none = document.getElementById('none');
    if (none) none.hidden = entries.length > 0;
    if (!atStall) form.hidden = entries.some(function (entry) { return entry.parcel || /^WAITS/.test(entry.result); });
    var list = document.getElementById('entries');
    list.replaceChildren.apply(list, entries.map(line));
  }
  function line(entry) {
    var item = document.getElementById('entry').content.firstElementChild.cloneNode(true);
    item.dataset.result = entry.result;
    item.querySelector('[data-name]').textContent = entry.name;
    var chip = item.querySelector('[data-chip]');
    chip.textContent = say(entry.result);
    chip.classList.add(CHIPS[entry.result] || 'chip-late');
    var at = new Date(entry.at).toTimeString().slice(0, 5);
    item.querySelector('[data-text]').textContent = [at, entry.why || words[entry.result].text].filter(Boolean).join(' · ');
    if (!atStall && /^WAITS/.test(entry.result)) {
      var go = document.createElement('a');
      go.href = '/me';
      go.textContent = say('done.go');
      item.querySelector('[data-text]').append(' ', go);
    }
    var button = item.querySelector('button');
    button.addEventListener('click', function () {
      if (entry.parcel && !button.dataset.asked) { // not sent: it would be gone
        button.dataset.asked = 'yes';
        button.textContent = button.dataset.sure;
        return;
      }
      remove(entry).then(show);
    });
    return item;
  }

  // Sending: one page at a time, whatever is open.
  var net = document.getElementById('net');
  var here = net.textContent;
  function reached(is) {
    net.textContent = is ? here : net.dataset.away;
    net.classList.toggle('chip-good', is);
    net.classList.toggle('chip-soon', !is);
  }
  function hold(word, address) {
    var held = document.getElementById('held');
    held.hidden = !word;
    if (!word) return;
    held.querySelector('[data-text]').textContent = say(word);
    var go = held.querySelector('[data-go]');
    go.hidden = !address;
    if (address) {
      go.href = address;
      go.textContent = say(word + '.go');
    }
  }
  var sending = false;
  function send() {
    if (sending) return Promise.resolve();
    sending = true;
    var once = navigator.locks
      ? navigator.locks.request('gonghui-stall', { ifAvailable: true }, function (lock) { return lock ? sendAll() : undefined; })
      : sendAll();
    return Promise.resolve(once).catch(function () { reached(false); }).finally(function () {
      sending = false;
      return show();
    });
  }
  async function sendAll() {
    var waiting = (await all(kind)).filter(function (entry) { return entry.parcel; }).reverse();
    var codes = Array.from(new Set(waiting.map(function (entry) { return entry.code; }).concat(code)));
    for (var of of codes) {
      var mine = waiting.filter(function (entry) { return entry.code === of; });
      if (!await sendTo(of, mine)) return;
    }
  }
  async function sendTo(of, entries) {
    var answer = await fetch('/j/' + of + '/sending', { cache: 'no-store', signal: AbortSignal.timeout(10000) });
    if (!answer.ok) throw new Error('busy');
    reached(true);
    var state = await answer.json();
    hold(null);
    if (!entries.length) return true;
    var back = encodeURIComponent('/j/' + code + '/' + kind);
    if (atStall && state.signedIn && !state.mayTakeDown) { hold('not-here'); return false; }
    if (atStall && !state.mayTakeDown) { hold('sign-in', '/sign-in?to=' + back); return false; }
    if (!atStall && !state.phone) { hold('prove', '/sign-in/phone?to=' + back); return false; }
    var token = state.token;
    var size = atStall ? 10 : 1;
    for (var from = 0; from < entries.length; from += size) {
      if (!await sendSome(of, token, entries.slice(from, from + size))) return false;
    }
    return true;
  }
  function parcel(entry) { return Object.assign({ id: entry.id }, entry.parcel); }
  async function sendSome(of, token, entries) {
    var answer = await fetch('/j/' + of + '/' + kind, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Accept': 'application/problem+json', 'X-XSRF-TOKEN': token },
      body: JSON.stringify(atStall ? { parcels: entries.map(parcel) } : parcel(entries[0])),
      signal: AbortSignal.timeout(30000)
    });
    var final = [404, 409, 410, 422];
    if (!answer.ok && (atStall || final.indexOf(answer.status) < 0)) { hold('busy'); return false; }
    var body = await answer.json();
    var outcomes = answer.ok ? [].concat(body) : [{
      id: entries[0].id,
      result: answer.status === 422 ? 'FAULTY' : 'REFUSED',
      why: (body.faults || []).map(function (fault) { return fault.detail; }).join(' ') || body.detail
    }];
    var later = false;
    for (var outcome of outcomes) {
      if (outcome.result === 'LATER') { later = true; continue; }
      var entry = entries.find(function (each) { return each.id === outcome.id; });
      entry.parcel = null;
      entry.result = outcome.result;
      entry.why = outcome.why;
      await put(entry);
    }
    await show();
    if (later) hold('busy');
    return !later;
  }

  // What is sent and a day old is nobody's business on this phone any more.
  all(kind).then(function (entries) {
    return Promise.all(entries.filter(function (entry) { return !entry.parcel && entry.at < Date.now() - 86400000; }).map(remove));
  }).then(show).then(send);
  document.getElementById('send').addEventListener('click', send);
  window.addEventListener('online', send);
  window.addEventListener('offline', function () { reached(false); });
  setInterval(function () { if (!document.hidden) send(); }, 20000);
})();
