try {
  for (const line of document.querySelectorAll('.entry-control')) {
    const key = `puerta.${location.pathname}.${line.name}`;
    if (!line.value) line.value = sessionStorage.getItem(key) ?? '';
    line.addEventListener('input', () => { try { sessionStorage.setItem(key, line.value) } catch {} });
  }
} catch {}
