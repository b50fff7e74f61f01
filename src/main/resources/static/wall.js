// The screen on the wall: its clock, its figures kept fresh, and plain words when they cannot be.
(function () {
  'use strict';

  var ZONE = 'Asia/Shanghai';
  var MARKED_MILLIS = 8000;
  var lang = document.documentElement.lang === 'en' ? 'en-GB' : document.documentElement.lang;
  var clock = document.querySelector('[data-now]');
  var ahead = Number(clock.dataset.now) - Date.now(); // the platform's clock is the one that counts
  var fresh = now();
  var version = null;
  var before = {};

  function now() { return new Date(Date.now() + ahead); }
  function text(date, format) {
    return new Intl.DateTimeFormat(lang, Object.assign({ timeZone: ZONE, hourCycle: 'h23' }, format)).format(date);
  }
  function put(selector, words) {
    var place = clock.querySelector(selector);
    if (place.textContent !== words) place.textContent = words;
  }
  setInterval(function () {
    put('[data-date]', text(now(), { dateStyle: 'full' }));
    put('[data-time]', text(now(), { hour: '2-digit', minute: '2-digit' }));
  }, 1000);

  // Which of the words to say; none while all is well.
  function say(word) {
    document.querySelectorAll('[data-word]').forEach(function (line) {
      if (line.dataset.word === word && line.hidden) {
        line.querySelector('[data-since]').textContent =
          text(fresh, { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });
      }
      line.hidden = line.dataset.word !== word;
    });
    if (!word) fresh = now();
  }

  function numbers() {
    var all = {};
    document.querySelectorAll('[data-live]').forEach(function (place) { all[place.dataset.live] = place; });
    return all;
  }

  document.addEventListener('htmx:configRequest', function (event) {
    if (version) event.detail.headers['If-None-Match'] = version;
  });
  document.addEventListener('htmx:beforeSwap', function (event) {
    var answer = event.detail.xhr;
    if (answer.responseURL && new URL(answer.responseURL).pathname.startsWith('/sign-in')) {
      event.detail.shouldSwap = false;
      say('ended');
    } else if (answer.status < 400) {
      if (answer.status === 200) version = answer.getResponseHeader('ETag');
      Object.entries(numbers()).forEach(function (each) { before[each[0]] = each[1].textContent; });
      say('');
    }
  });
  document.addEventListener('htmx:afterSwap', function () {
    Object.entries(numbers()).forEach(function (each) {
      if (before[each[0]] === undefined || before[each[0]] === each[1].textContent) return;
      each[1].classList.add('changed');
      setTimeout(function () { each[1].classList.remove('changed'); }, MARKED_MILLIS);
    });
  });
  document.addEventListener('htmx:sendError', function () { say('away'); });
  document.addEventListener('htmx:timeout', function () { say('away'); });
  document.addEventListener('htmx:responseError', function (event) {
    say(event.detail.xhr.status < 500 ? 'refused' : 'away');
  });
})();
