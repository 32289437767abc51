/* Records a voice where the browser can, and puts it into the file field beside it; the form is sent as any other.
   Without this, people choose a recording their telephone made. */
const recorder = document.querySelector("[data-recorder]");
if (recorder && navigator.mediaDevices && window.MediaRecorder && window.DataTransfer) {
  const part = (name) => recorder.querySelector(`[data-${name}]`);
  const input = document.querySelector("input[type=file]");
  const longest = Number(recorder.dataset.longest);
  let running, ticking, began;

  const shown = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const swap = (isRecording) => {
    part("start").hidden = isRecording;
    part("stop").hidden = !isRecording;
  };

  const keep = (pieces, type) => {
    const ending = type.includes("mp4") ? "m4a" : type.includes("ogg") ? "ogg" : "webm";
    const voice = new File(pieces, `voice.${ending}`, { type });
    const brought = new DataTransfer();
    brought.items.add(voice);
    input.files = brought.files;
    part("preview").src = URL.createObjectURL(voice);
    part("done").hidden = false;
    part("start").textContent = part("start").dataset.again;
  };

  const tick = () => {
    const seconds = Math.min(longest, Math.floor((Date.now() - began) / 1000));
    part("clock").textContent = `${shown(seconds)} / ${shown(longest)}`;
    if (seconds >= longest) running.stop();
  };

  const start = async () => {
    part("refused").hidden = true;
    let sound;
    try {
      sound = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
    } catch {
      part("refused").hidden = false;
      return;
    }
    const pieces = [];
    running = new MediaRecorder(sound, { audioBitsPerSecond: 32000 });
    running.addEventListener("dataavailable", (event) => pieces.push(event.data));
    running.addEventListener("stop", () => {
      clearInterval(ticking);
      sound.getTracks().forEach((track) => track.stop());
      swap(false);
      part("start").focus();
      keep(pieces, running.mimeType);
    });
    running.start();
    began = Date.now();
    part("done").hidden = true;
    swap(true);
    part("stop").focus();
    tick();
    ticking = setInterval(tick, 250);
  };

  part("start").addEventListener("click", start);
  part("stop").addEventListener("click", () => running.stop());
  recorder.hidden = false;
}
