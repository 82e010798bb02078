// data-quick: Ctrl+Enter sends the form from any of its fields; Escape closes a question that stands open.
document.addEventListener('keydown', ({ key, ctrlKey, metaKey, target }) => {
  if (key === 'Enter' && (ctrlKey || metaKey)) {
    const form = target.closest('[data-quick]');
    if (form) form.requestSubmit(form.querySelector('.ticket button'));
  }
  const open = key === 'Escape' && target.closest('details.confirm[open]');
  if (open) {
    open.open = false;
    open.querySelector('summary').focus();
  }
});
