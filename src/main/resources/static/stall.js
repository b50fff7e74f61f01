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

  // The browser's database: a line for everybody taken down. What is sealed is taken out of it once it is sent; what is refused
  // stays, for it is the only copy, until somebody deletes the line.
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
  if (form) { // a code that has ended has none
    form.hidden = false;
    form.noValidate = true;
    form.addEventListener('submit', takeDown);
  }

  var words = {};
  document.getElementById('words').content.querySelectorAll('[data-word]').forEach(function (word) {
    words[word.dataset.word] = { short: word.textContent, text: word.dataset.text };
  });
  function say(word, fact) { return words[word].short.replace('{0}', function () { return fact; }); }

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

  // What is wrong is told before it is sealed: afterwards nobody on this phone can read it. CleanText.java and IdentityNumber.java
  // say the same.
  var BLANK = /[\p{Cc}\p{Cf}\u115F\u1160\u3164\uFFA0\u2800\uFE00-\uFE0F]/gu;
  var ODD = /[<>]|(?![\x00-\x7F]|\p{Ideographic})\p{Emoji}|[\p{Cn}\p{Co}\p{Cs}]/u;
  function clean(text) {
    return text.normalize('NFC').replace(/[\s\p{Z}]/gu, ' ').replace(BLANK, '').replace(/ +/g, ' ').trim();
  }
  var WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  var YOUNGEST = 16, OLDEST = 120, YEAR = 10000; // of days written as 20080229
  function faultOfIdentity(number) {
    if (!number) return ['empty'];
    if (number.length !== 18) return ['identity-length'];
    if (!/^\d{17}[\dX]$/.test(number)) return ['identity-form'];
    var born = +number.slice(6, 14), month = +number.slice(10, 12), day = +number.slice(12, 14);
    var birth = new Date(Date.UTC(+number.slice(6, 10), month - 1, day));
    if (birth.getUTCMonth() !== month - 1 || birth.getUTCDate() !== day) return ['identity-birth-date'];
    var sum = WEIGHTS.reduce(function (so, weight, at) { return so + weight * +number[at]; }, 0);
    if ('10X98765432'[sum % 11] !== number[17]) return ['identity-check'];
    var now = new Date(), today = now.getFullYear() * YEAR + (now.getMonth() + 1) * 100 + now.getDate();
    if (born > today) return ['identity-future'];
    if (born + YOUNGEST * YEAR > today) return ['too-young', YOUNGEST];
    return born + OLDEST * YEAR < today ? ['identity-birth-date'] : null;
  }
  function faultOfName(name) {
    var odd = ODD.exec(name);
    return odd ? ['odd-character', odd[0]] : null;
  }
  function faults(typed) {
    var found = {
      name: typed.name ? faultOfName(typed.name) : ['empty'],
      identity: faultOfIdentity(typed.identity),
      phone: typed.phone && !/^1\d{10}$/.test(typed.phone) ? ['phone'] : null,
      employment: typed.employment ? null : ['empty'],
      employer: faultOfName(typed.employer || '')
    };
    return Object.fromEntries(Object.entries(found).filter(function (field) { return field[1]; }));
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
      fault.querySelector('span').textContent = say(wrong[name][0], wrong[name][1]);
      (field.querySelector('.form-control') || field.querySelector('.picks')).before(fault);
      if (input.type !== 'radio') {
        input.classList.add('is-invalid');
        input.setAttribute('aria-invalid', 'true');
        input.setAttribute('aria-describedby', ((input.getAttribute('aria-describedby') || '') + ' ' + fault.id).trim());
      }
      input.focus();
    });
  }

  function takeDown(event) {
    event.preventDefault();
    var typed = {};
    new FormData(form).forEach(function (value, name) { typed[name] = clean(value); });
    typed.identity = typed.identity.normalize('NFKC').replace(/[ -]/g, '').toUpperCase();
    if (typed.phone) {
      typed.phone = typed.phone.normalize('NFKC').replace(/[ ().-]/g, '').replace(/^(\+|00)?86(?=1\d{10}$)/, '');
    }
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
      .then(function () { return send(); })
      .finally(function () { delete form.dataset.sealing; });
  }

  // The list: who waits, and what became of the others.
  var CHIPS = { WAITING: 'chip-soon', WAITS: 'chip-good', WAITS_MEMBER_ELSEWHERE: 'chip-info', TWICE: 'chip-info', MEMBER_HERE: 'chip-info' };
  function waits(entry) { return entry.result === 'WAITING'; }
  async function show() {
    var entries = await all(kind);
    var waiting = entries.filter(waits).length;
    document.getElementById('counts').hidden = !entries.length;
    document.querySelector('[data-waiting]').textContent = waiting;
    document.querySelector('[data-sent]').textContent = entries.filter(function (entry) { return /^WAITS/.test(entry.result); }).length;
    document.getElementById('send').hidden = !waiting || asked;
    var none = document.getElementById('none');
    if (none) none.hidden = entries.length > 0;
    if (form && !atStall) form.hidden = entries.some(function (entry) { return waits(entry) || /^WAITS/.test(entry.result); });
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
    item.querySelector('[data-text]').textContent = [at, entry.why, words[entry.result].text].filter(Boolean).join(' · ');
    if (!atStall && /^WAITS/.test(entry.result)) {
      var go = document.createElement('a');
      go.href = '/me';
      go.textContent = say('done.go');
      item.querySelector('[data-text]').append(' ', go);
    }
    var again = item.querySelector('[data-again]');
    again.hidden = waits(entry) || !entry.parcel;
    again.addEventListener('click', function () {
      entry.result = 'WAITING';
      entry.why = '';
      delete agreed[entry.id];
      put(entry).then(show).then(function () { return send(); });
    });
    var button = item.querySelector('[data-sure]');
    button.addEventListener('click', function () {
      if (entry.parcel && !button.dataset.asked) { // the only copy: it would be gone
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
  var asked = false;
  function hold(why) {
    var held = document.getElementById('held');
    held.hidden = !why;
    asked = Boolean(why) && why.word === 'as';
    if (!why) return;
    held.querySelector('[data-text]').textContent = say(why.word, why.fact);
    var go = held.querySelector('[data-go]');
    go.hidden = !why.address;
    if (why.address) {
      go.href = why.address;
      go.textContent = say(why.word + '.go');
    }
    var press = held.querySelector('[data-do]');
    if (press) {
      press.hidden = !asked;
      press.onclick = function () { agree(why.fact); };
    }
  }

  // Staff send whenever there is a network. Somebody's own application goes under the phone that is signed in here, which may be
  // another's by then: its number is shown, and nothing goes under it before that was pressed.
  var agreed = {}; // the number, by the id of whoever was typed
  function agree(phone) {
    return all(kind).then(function (entries) {
      entries.filter(waits).forEach(function (entry) { agreed[entry.id] = phone; });
      return send();
    });
  }
  var running = null, onceMore = false;
  function send() {
    if (running) {
      onceMore = true;
      return running;
    }
    var round = navigator.locks
      ? navigator.locks.request('gonghui-stall', { ifAvailable: true }, function (lock) { return lock ? sendAll() : undefined; })
      : sendAll();
    running = Promise.resolve(round).catch(function () { reached(false); }).then(show)
      .finally(function () { running = null; })
      .then(function () {
        if (!onceMore) return undefined;
        onceMore = false;
        return send();
      });
    return running;
  }
  async function sendAll() {
    var waiting = (await all(kind)).filter(waits).reverse();
    var held = null;
    for (var of of new Set(waiting.map(function (entry) { return entry.code; }).concat(code))) { // one that cannot go holds up none
      var why = await sendTo(of, waiting.filter(function (entry) { return entry.code === of; }));
      held = held || why;
    }
    hold(held);
  }
  // Sends what waits for one code; what keeps it from going, if anything does.
  async function sendTo(of, entries) {
    var answer = await fetch('/j/' + of + '/sending', {
      cache: 'no-store', headers: { 'Accept': 'application/problem+json' }, signal: AbortSignal.timeout(10000)
    });
    reached(true);
    if (!answer.ok) {
      var no = await refusal(answer);
      if (no) await Promise.all(entries.map(function (entry) { return tell(entry, no); }));
      return no || !entries.length ? null : { word: 'busy' };
    }
    var state = await answer.json();
    if (!entries.length) return null;
    var back = encodeURIComponent('/j/' + code + '/' + kind);
    if (atStall && state.signedIn && !state.mayTakeDown) return { word: 'not-here' };
    if (atStall && !state.mayTakeDown) return { word: 'sign-in', address: '/sign-in?to=' + back };
    if (!atStall && state.signedIn && !state.phone) return { word: 'staff' };
    if (!atStall && !state.phone) return { word: 'prove', address: '/sign-in/phone?to=' + back };
    var strange = !atStall && entries.some(function (entry) { return agreed[entry.id] !== state.phone; });
    if (strange) return { word: 'as', fact: state.phone, address: '/me' };
    return await sendParts(of, state.token, entries, atStall ? 10 : 1) === 'sent' ? null : { word: 'busy' };
  }
  // So many at once; where that fails, each by itself. 'sent' when all went, 'wait' when the server wants to be left alone.
  async function sendParts(of, token, entries, size) {
    var came = 'sent';
    for (var from = 0; from < entries.length; from += size) {
      var part = entries.slice(from, from + size);
      var now = await sendSome(of, token, part);
      if (now === 'no' && part.length > 1) now = await sendParts(of, token, part, 1);
      if (now === 'wait') return now;
      if (now === 'no') came = now;
    }
    return came;
  }
  function parcel(entry) { return Object.assign({ id: entry.id }, entry.parcel); }
  async function sendSome(of, token, entries) {
    var answer = await fetch('/j/' + of + '/' + kind, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Accept': 'application/problem+json', 'X-XSRF-TOKEN': token },
      body: JSON.stringify(atStall ? { parcels: entries.map(parcel) } : parcel(entries[0])),
      signal: AbortSignal.timeout(30000)
    });
    if (answer.redirected || answer.status === 429 || answer.status === 503) return 'wait';
    if (!answer.ok) {
      var no = entries.length > 1 ? null : await refusal(answer);
      if (!no) return 'no';
      await tell(entries[0], no);
      await show();
      return 'sent';
    }
    var later = false;
    for (var outcome of [].concat(await answer.json())) {
      var entry = entries.find(function (each) { return each.id === outcome.id; });
      if (words[outcome.result]) await tell(entry, outcome);
      else later = true;
    }
    await show();
    return later ? 'wait' : 'sent';
  }
  // A no about what was typed is known by its type: nothing else that goes wrong says anything about it, and it is sent again.
  async function refusal(answer) {
    var body = await answer.json().catch(function () { return {}; });
    if (body.type === 'urn:gonghui:bad-input') {
      var found = body.faults || [];
      if (found.some(function (fault) { return fault.field === 'parcels'; })) return { result: 'UNREADABLE', why: '' };
      return { result: 'FAULTY', why: found.map(function (fault) { return fault.detail; }).join(' ') };
    }
    return /^urn:gonghui:refusal\.joining\./.test(body.type) ? { result: 'REFUSED', why: body.detail } : null;
  }
  var DONE = ['WAITS', 'WAITS_MEMBER_ELSEWHERE', 'TWICE', 'MEMBER_HERE'];
  function tell(entry, outcome) {
    if (DONE.includes(outcome.result)) entry.parcel = null;
    entry.result = outcome.result;
    entry.why = outcome.why;
    if (!atStall) document.getElementById('saved').hidden = true; // it said what was still to come
    return put(entry);
  }

  // What is sent and a day old is nobody's business on this phone any more.
  all(kind).then(function (entries) {
    return Promise.all(entries.filter(function (entry) { return !entry.parcel && entry.at < Date.now() - 86400000; }).map(remove));
  }).then(show).then(function () { return send(); });
  document.getElementById('send').addEventListener('click', function () { send(); });
  window.addEventListener('online', function () { send(); });
  window.addEventListener('offline', function () { reached(false); });
  setInterval(function () { if (!document.hidden) send(); }, 20000);
})();
