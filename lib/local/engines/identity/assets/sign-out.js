// Goes on by itself once every service has been told, or after two seconds without an answer. Without scripts the
// button does the same.
const button = document.querySelector('[data-proceed]');
const frames = [...document.querySelectorAll('iframe')];
const settled = frames.map(frame => new Promise(resolve => frame.addEventListener('load', resolve)));
const shown = new Promise(resolve => setTimeout(resolve, 400));
const late = new Promise(resolve => setTimeout(resolve, 2000));
Promise.race([Promise.all([shown, ...settled]), late]).then(() => button.click());
