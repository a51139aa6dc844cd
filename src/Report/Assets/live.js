// The page of a run in training: asks the command that trains it for news, and tells how it stands.
'use strict';
(() => {
  const pause = 500;
  const element = (id) => document.getElementById(id);
  const [bar, told, path, choice, select] = ['live-bar', 'live-told', 'live-path', 'live-choice', 'live-run'].map(element);
  const page = site.data('live');
  let [version, stage, known] = [page.version, page.stage, JSON.stringify(page.runs)];

  /** Texts are replaced only where they differ, so that nobody hears them twice. */
  const say = (place, text) => {
    if (place && place.textContent !== text) place.textContent = text;
  };

  const stand = (news) => {
    bar.dataset.stage = news.stage;
    say(told, news.told);
    say(path, news.path ?? '');
  };

  /** The choice among runs, left alone while the reader is at it. */
  const offer = (runs) => {
    const found = JSON.stringify(runs);
    if (found === known || document.activeElement === select) return;
    known = found;
    const shown = select.value || page.run;
    select.replaceChildren(...runs.map((run) => new Option(run.name, run.id, false, run.id === shown)));
    choice.hidden = runs.length < 2;
  };

  const head = (news) => {
    document.title = news.title;
    say(document.querySelector('h1'), news.title);
    say(document.querySelector('.lead'), news.lead);
    say(document.querySelector('.milestones .phase dd'), news.phase);
    for (const kind of ['train', 'validation', 'rqi']) {
      const place = document.querySelector(`.milestones .${kind} dd`);
      const words = news[kind] === null ? news.missing : `step ${news[kind]}`;
      if (!place || place.textContent === words) continue;
      const unit = document.createElement('small');
      unit.textContent = 'step';
      place.replaceChildren(...(news[kind] === null ? [words] : [unit, ` ${news[kind]}`]));
    }
  };

  const ask = async () => {
    const address = new URL('state', location.href);
    if (page.run) address.searchParams.set('run', page.run);
    if (version !== null) address.searchParams.set('after', version);
    const answer = await fetch(address, { cache: 'no-store' });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  };

  const gone = () => {
    const before = stage;
    bar.dataset.stage = 'gone';
    if (before === 'training') say(told, 'The command that trained has ended or was interrupted. Nothing new will come; what you see is the last that arrived.');
    if (before === 'trained') say(told, 'Training is over, and the command has ended. Whether the report is done, the terminal says. Its place is');
  };

  /** Once and again, until the command has ended: its last words are kept. */
  const follow = async () => {
    for (let missed = 0; missed < 3;) {
      await new Promise((resolve) => { setTimeout(resolve, pause); });
      let news;
      try {
        news = await ask();
        missed = 0;
      } catch {
        missed = stage === 'done' || stage === 'failed' ? 3 : missed + 1;
        continue;
      }
      if (typeof runPage === 'undefined' && news.visible) {
        location.reload();
        return;
      }
      stage = news.stage;
      stand(news);
      offer(news.runs);
      if (news.document) {
        version = news.version;
        head(news.head);
        await runPage.update(news.document);
      }
      document.documentElement.dataset.version = version ?? '';
      if (stage === 'done' || stage === 'failed') return;
    }
    gone();
  };

  select.addEventListener('change', () => { location.search = new URLSearchParams({ run: select.value }); });
  stand(page);
  follow();
})();
