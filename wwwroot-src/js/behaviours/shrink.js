// data-shrink: a large photo is made smaller before it is sent; whatever goes wrong, the photo goes as it is.
const SIDE = 2048;  // pixels of its longer side
const SMALL = 1 << 20;  // bytes that are not worth the work

document.addEventListener('change', event => {
  const { target: input } = event;
  const [file] = input.files || [];
  if (!('shrink' in input.dataset) || !event.isTrusted || !file || file.size < SMALL || !window.createImageBitmap) return;
  event.stopPropagation();
  smaller(file).then(small => {
    const list = new DataTransfer();
    list.items.add(small);
    input.files = list.files;
  }).catch(() => {}).then(() => input.dispatchEvent(new Event('change', { bubbles: true })));
}, true);

async function smaller(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = picture.width * scale;
  canvas.height = picture.height * scale;
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise(done => canvas.toBlob(done, 'image/jpeg', 0.9));
  return new File([blob], file.name, { type: blob.type });
}
