// Keeps the page up to date: the server sends each part anew when it changes, and an open log line by line.
const maxLines = 1000;

const parse = (html) => {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content.firstElementChild;
};

const changes = new EventSource('/events');
changes.addEventListener('part', (event) => {
  const part = parse(event.data);
  document.getElementById(part.id)?.replaceWith(part);
});
changes.addEventListener('open', () => document.body.classList.remove('lost'));
changes.addEventListener('error', () => {
  document.body.classList.add('lost');
  document.getElementById('overview').textContent = 'The AppHost does not answer';
});

const append = (log, { time, isError, text }) => {
  const follows = log.scrollHeight - log.scrollTop - log.clientHeight < 8;
  const line = document.createElement('li');
  const stamp = document.createElement('time');
  stamp.dateTime = time;
  stamp.textContent = new Date(time).toLocaleTimeString();
  line.classList.toggle('error', isError);
  line.append(stamp, text);
  log.append(line);
  if (log.childElementCount > maxLines) log.firstElementChild.remove();
  if (follows) log.scrollTop = log.scrollHeight;
};

for (const details of document.querySelectorAll('details[data-log]')) {
  const log = details.querySelector('.log');
  let source;
  details.addEventListener('toggle', () => {
    source?.close();
    if (!details.open) return;
    source = new EventSource(`/resources/${details.dataset.log}/log`);
    source.addEventListener('open', () => log.replaceChildren());
    source.addEventListener('line', (event) => append(log, JSON.parse(event.data)));
  });
}
