// Replies open in the page itself and change the address, as many forums do.
const button = document.querySelector('#show-replies');
const replies = document.querySelector('#replies');
const THREAD = '/forum/thread/48213';

function showWhatTheAddressSays() {
  const shown = location.pathname === `${THREAD}/replies`;
  replies.hidden = !shown;
  button.textContent = shown ? 'Hide replies' : 'Show replies';
  button.setAttribute('aria-expanded', String(shown));
}

if (button && replies) {
  button.addEventListener('click', () => {
    history.pushState(null, '', replies.hidden ? `${THREAD}/replies` : THREAD);
    showWhatTheAddressSays();
  });
  addEventListener('popstate', showWhatTheAddressSays);
  showWhatTheAddressSays();
}

const results = document.querySelector('#results');
if (results) {
  const asked = new URLSearchParams(location.search).get('q') ?? '';
  document.querySelector('#q').value = asked;
  if (asked !== '') document.querySelector('#asked').textContent = `Results for \u201c${asked}\u201d`;
  let found = 0;
  for (const item of results.children) {
    item.hidden = !item.textContent.toLowerCase().includes(asked.toLowerCase());
    if (!item.hidden) found += 1;
  }
  document.querySelector('#nothing').hidden = found > 0;
}
