const socket = new WebSocket('ws://localhost:8080/app/echo');
socket.onmessage = ({ data }) => console.log(data);
socket.onopen = () => socket.send('hello');
